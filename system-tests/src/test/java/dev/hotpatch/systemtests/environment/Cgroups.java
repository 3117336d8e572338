package dev.hotpatch.systemtests.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes the empty control groups that a container runtime leaves behind. */
final class Cgroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private Cgroups() {}

    /** Removes a group, with the groups in it, in every hierarchy; a group that is in use stays. */
    static void remove(String group) throws IOException {
        try (Stream<Path> hierarchies = Files.list(ROOT)) {
            for (Path hierarchy : hierarchies.filter(Files::isDirectory).toList()) {
                removeTree(hierarchy.resolve(group.substring(1)));
            }
        }
        removeTree(ROOT.resolve(group.substring(1)));
    }

    private static void removeTree(Path group) throws IOException {
        if (!Files.isDirectory(group)) {
            return;
        }
        List<Path> folders;
        try (Stream<Path> all = Files.walk(group)) {
            folders = all.filter(Files::isDirectory)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path each : folders) {
            // Only rmdir removes a group; its files cannot be deleted.
            if (!each.toFile().delete()) {
                return;
            }
        }
    }
}
