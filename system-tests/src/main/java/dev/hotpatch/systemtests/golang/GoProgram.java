package dev.hotpatch.systemtests.golang;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Builds programs with the Go, and from the libraries, of this machine. */
public final class GoProgram {
    private GoProgram() {}

    /**
     * Builds one.
     *
     * @param owner a class beside which its source lies as a resource
     * @param name of the program; the source is {@code name.go}
     * @param scratch a folder without blanks in its name, removed by the caller after the program's end
     * @return the executable
     */
    public static Path build(Class<?> owner, String name, Path scratch) throws IOException, InterruptedException {
        Path source = scratch.resolve(name + ".go");
        try (InputStream text = Objects.requireNonNull(owner.getResourceAsStream(name + ".go"))) {
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Path binary = scratch.resolve(name);
        ProcessBuilder build =
                new ProcessBuilder("go", "build", "-o", binary.toString(), source.toString()).inheritIO();
        build.environment().put("GOCACHE", scratch.resolve("cache").toString());
        build.environment().put("GO111MODULE", "off");
        // Where Debian's packages put libraries.
        build.environment().put("GOPATH", "/usr/share/gocode");
        int code = build.start().waitFor();
        if (code != 0) {
            throw new IOException("cannot build " + source + ": go exited with " + code);
        }
        return binary;
    }
}
