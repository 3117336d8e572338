package dev.hotpatch.nodeagent.cri;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Messages of Protocol Buffers, field by field: what is needed of them is a hundredth of what generated classes would be. */
final class Proto {
    private static final int MAX_TEXT = 4096;

    private Proto() {}

    /** One field of a message: its number and what to do with its value. */
    @FunctionalInterface
    interface Field {
        void read(int number, CodedInputStream in) throws IOException;
    }

    static String firstText(CodedInputStream message) throws IOException {
        String[] text = {""};
        fields(message, (number, in) -> {
            if (number == 1) {
                text[0] = text(in);
            } else {
                skip(in);
            }
        });
        return text[0];
    }

    static void fields(CodedInputStream in, Field field) throws IOException {
        while (!in.isAtEnd()) {
            int tag = in.readTag();
            if (tag == 0) {
                return;
            }
            field.read(WireFormat.getTagFieldNumber(tag), in);
        }
    }

    static CodedInputStream nested(CodedInputStream in) throws IOException {
        requireLengthDelimited(in);
        return CodedInputStream.newInstance(in.readByteArray());
    }

    static String text(CodedInputStream in) throws IOException {
        return text(in, MAX_TEXT);
    }

    static String text(CodedInputStream in, int limit) throws IOException {
        requireLengthDelimited(in);
        String text = in.readStringRequireUtf8();
        if (text.length() > limit) {
            throw new IOException("a text of " + text.length() + " characters, at most " + limit + " are read");
        }
        return text;
    }

    private static void requireLengthDelimited(CodedInputStream in) throws IOException {
        if (WireFormat.getTagWireType(in.getLastTag()) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            throw new IOException("field " + WireFormat.getTagFieldNumber(in.getLastTag()) + " is not of its type");
        }
    }

    static void skip(CodedInputStream in) throws IOException {
        var unused = in.skipField(in.getLastTag());
    }

    /** Writes the fields of one message. */
    @FunctionalInterface
    interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    static byte[] message(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        body.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
