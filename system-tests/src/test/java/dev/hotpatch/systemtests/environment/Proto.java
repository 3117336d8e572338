package dev.hotpatch.systemtests.environment;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Protocol-buffer messages by field number: the few that we need do not justify generated code. */
final class Proto {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    Proto text(int field, String value) throws IOException {
        out.writeString(field, value);
        return this;
    }

    Proto number(int field, long value) throws IOException {
        out.writeInt64(field, value);
        return this;
    }

    Proto message(int field, Proto value) throws IOException {
        out.writeByteArray(field, value.toBytes());
        return this;
    }

    byte[] toBytes() throws IOException {
        out.flush();
        return bytes.toByteArray();
    }

    /** All values of one length-delimited field, in order. */
    static List<byte[]> values(byte[] message, int field) throws IOException {
        List<byte[]> found = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (delimited && WireFormat.getTagFieldNumber(tag) == field) {
                found.add(in.readByteArray());
            } else {
                in.skipField(tag);
            }
        }
        return found;
    }
}
