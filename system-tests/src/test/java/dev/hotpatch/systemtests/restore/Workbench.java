package dev.hotpatch.systemtests.restore;

import dev.hotpatch.patchformat.json.JsonObject;
import dev.hotpatch.patchformat.oci.Descriptor;
import dev.hotpatch.patchformat.oci.Manifest;
import dev.hotpatch.patchformat.oci.MediaTypes;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the command as its users do, with a key, in a folder. */
final class Workbench {
    static final String REPOSITORY = "registry.example/shop/app";

    private final Path folder;
    private final HotpatchCommand command;

    Workbench(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.command = new HotpatchCommand(Path.of("../cli/target/hotpatch").toAbsolutePath(), folder, Map.of());
        command.run(0, "key", "generate", "--output", folder.resolve("ci").toString());
    }

    /** Where the patch is stored. */
    Path patchLayout() {
        return folder.resolve("patch");
    }

    /** Builds a signed patch into a layout; it is tried in no JVM, which other tests do. */
    JsonObject build(int expected, String base, String target, String... more)
            throws IOException, InterruptedException {
        String[] build = {"build", base, target, "--no-check", "--json", "--key", key("ci.key")};
        return command.run(expected, join(build, more)).json();
    }

    JsonObject build(int expected, String base, String target) throws IOException, InterruptedException {
        return build(expected, base, target, "-o", patchLayout().toString(), "--repository", REPOSITORY);
    }

    /** What {@code explain} says of the layers. */
    List<JsonObject> explained(int expected) throws IOException, InterruptedException {
        return command.run(expected, "explain", "oci:" + patchLayout(), "--json")
                .json()
                .object("plan")
                .objects("layers", 100);
    }

    static List<String> decisions(List<JsonObject> layers) throws IOException {
        List<String> decisions = new ArrayList<>();
        for (JsonObject layer : layers) {
            decisions.add(layer.string("decision", 100));
        }
        return decisions;
    }

    void verify() throws IOException, InterruptedException {
        command.run(0, "verify", "oci:" + patchLayout(), "--key", key("ci.pub"), "--repository", REPOSITORY);
    }

    /** Restores from the patch in the layout. */
    HotpatchCommand.Outcome restore(int expected, String base, Path out, String... more)
            throws IOException, InterruptedException {
        return restoreFrom("oci:" + patchLayout(), expected, base, out, join(more, "--repository", REPOSITORY));
    }

    HotpatchCommand.Outcome restoreFrom(String patch, int expected, String base, Path out, String... more)
            throws IOException, InterruptedException {
        String[] restore = {"restore", patch, "--base", base, "-o", out.toString(), "--key", key("ci.pub"), "--json"};
        return command.run(expected, join(restore, more));
    }

    /** Where each layer came from. */
    static List<String> origins(HotpatchCommand.Outcome restored) throws IOException {
        List<String> origins = new ArrayList<>();
        for (JsonObject layer : restored.json().objects("layers", 100)) {
            origins.add(layer.string("from", 100));
        }
        return origins;
    }

    /**
     * Changes a byte in the middle of the patch's only delta.
     *
     * @param blobs below which the blobs of a layout or of docker-registry lie
     */
    static void damageDelta(Manifest patch, Path blobs) throws IOException {
        Descriptor delta = patch.layers().stream()
                .filter(layer -> layer.mediaType().equals(MediaTypes.LAYER_DELTA))
                .findFirst()
                .orElseThrow();
        String name = delta.digest().hex();
        try (Stream<Path> files = Files.walk(blobs)) {
            Path file = files.filter(path -> path.endsWith(name) || path.endsWith(name + "/data"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
    }

    private String key(String name) {
        return folder.resolve(name).toString();
    }

    private static String[] join(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }
}
