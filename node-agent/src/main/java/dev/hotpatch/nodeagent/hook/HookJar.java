package dev.hotpatch.nodeagent.hook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The hook's jar, which this program carries as a resource and puts into containers. */
public final class HookJar {
    private static final String RESOURCE = "hotpatch-jvm-agent.jar";
    private static final int MAX_SIZE = 4 << 20;

    private final byte[] bytes;

    private HookJar(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The jar that was embedded when this program was built. */
    public static HookJar embedded() throws IOException {
        try (InputStream in = HookJar.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(
                        RESOURCE + " is not embedded in this program; build the module jvm-agent before node-agent");
            }
            return of(in.readNBytes(MAX_SIZE + 1));
        }
    }

    /** A jar from elsewhere, at most 4 MiB. */
    public static HookJar of(byte[] bytes) throws IOException {
        if (bytes.length == 0 || bytes.length > MAX_SIZE) {
            throw new IOException("a hook's jar has 1 to " + MAX_SIZE + " bytes, not " + bytes.length);
        }
        return new HookJar(bytes.clone());
    }

    /** Writes it to a new file, and gives that. */
    public Path writeTo(Path file) throws IOException {
        return Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
    }

    byte[] bytes() {
        return bytes;
    }
}
