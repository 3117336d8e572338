package dev.hotpatch.systemtests.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is still mounted below a folder, or running with that folder in its command line. */
final class Leftovers {
    private final Path folder;

    Leftovers(Path folder) {
        this.folder = folder;
    }

    /** Mount points below the folder, the latest first. */
    List<String> mounts() throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String point = line.split(" ", -1)[1];
            if (point.startsWith(folder + "/")) {
                found.add(0, point);
            }
        }
        return found;
    }

    /** Processes other than this one: the runtime and its shims are started with paths below the folder. */
    List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(
                            process -> process.pid() != ProcessHandle.current().pid())
                    .filter(process -> commandLine(process).contains(folder + "/"))
                    .toList();
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            return "";
        }
    }

    /** Says what there is; empty if there is nothing. */
    Optional<String> describe() throws IOException {
        List<String> found = new ArrayList<>(mounts());
        processes()
                .forEach(process -> found.add(
                        "process " + process.pid() + " " + commandLine(process).replace('\0', ' ')));
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", found));
    }
}
