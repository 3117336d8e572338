package dev.hotpatch.systemtests.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hotpatch.testdata.activemq.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's buildah with a storage of its own, which needs no mounts: builds images from layers, and keeps what it has built. */
final class Buildah {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;

    /** @param folder for the storage, and for images as layouts */
    Buildah(Path folder) {
        this.folder = folder;
    }

    /** Builds an image with an instruction for each layer, where buildah has not kept that from the one before, and pushes it into a layout. */
    LayoutImage build(String name, List<Map<String, Path>> layers) throws IOException, InterruptedException {
        Path context = Files.createDirectory(folder.resolve(name + "-context"));
        List<String> instructions = new ArrayList<>(List.of("FROM scratch"));
        for (Map<String, Path> files : layers) {
            String layer = "layer" + instructions.size();
            for (Map.Entry<String, Path> file : files.entrySet()) {
                Path copy = context.resolve(layer + file.getKey());
                Files.createDirectories(copy.getParent());
                Files.copy(file.getValue(), copy);
            }
            instructions.add("COPY " + layer + " /");
        }
        Path file = Files.write(context.resolve("Containerfile"), instructions);
        run("build", "--layers", "--file", file.toString(), "--tag", name, context.toString());
        Path layout = folder.resolve(name);
        run("push", name, "oci:" + layout + ":latest");
        return LayoutImage.of(layout);
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "buildah",
                "--root",
                folder.resolve("storage").toString(),
                "--runroot",
                folder.resolve("running").toString(),
                "--storage-driver",
                "vfs"));
        command.addAll(List.of(arguments));
        try (RunningProcess buildah = RunningProcess.start(command, Map.of())) {
            assertEquals(0, buildah.exitCode(PATIENCE), () -> String.join("\n", buildah.output()));
        }
    }
}
