package dev.hotpatch.nodeagent.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * The {@code hosts.toml} by which containerd asks the mirror before a registry, for content by digest only. A file of somebody else is never
 * changed.
 *
 * @param folder containerd's {@code config_path}
 * @param registry host, with port if it has one, as it stands in names of images
 * @param mirror address of the mirror
 * @param plainHttp whether the registry itself speaks plain HTTP
 */
public record HostsFile(Path folder, String registry, String mirror, boolean plainHttp) {
    private static final String OURS = "# Written by hotpatch node hosts-toml, and replaced by it.";
    private static final Pattern REGISTRY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]{1,5}");

    public HostsFile {
        if (!REGISTRY.matcher(registry).matches()) {
            throw new IllegalArgumentException("not a registry: " + registry + "; expected HOST or HOST:PORT");
        }
        if (!ADDRESS.matcher(mirror).matches()) {
            throw new IllegalArgumentException(
                    "not the address of a mirror: " + mirror + "; expected http://127.0.0.1:PORT");
        }
    }

    /** What came of {@link #write}. */
    public enum Outcome {
        WRITTEN,
        UNCHANGED,
        /** There is a file of somebody else; it was left as it is. */
        REFUSED
    }

    public Path path() {
        return folder.resolve(registry).resolve("hosts.toml");
    }

    /** The part that makes containerd ask the mirror; it belongs before other hosts. */
    public String entry() {
        return "[host.\"" + mirror + "\"]\n  capabilities = [\"pull\"]\n";
    }

    /** Writes the file, unless there is one of somebody else. containerd reads it at the next pull. */
    public Outcome write() throws IOException {
        String wanted = OURS + "\n" + (plainHttp ? "server = \"http://" + registry + "\"\n" : "") + entry();
        String found = "";
        try {
            found = Files.readString(path());
        } catch (NoSuchFileException e) {
            Files.createDirectories(path().getParent());
        }
        if (found.equals(wanted)) {
            return Outcome.UNCHANGED;
        }
        if (!found.isEmpty() && !found.startsWith(OURS)) {
            return found.contains(mirror) ? Outcome.UNCHANGED : Outcome.REFUSED;
        }
        Path partial = path().resolveSibling("hosts.toml.partial");
        Files.writeString(partial, wanted);
        Files.move(partial, path(), StandardCopyOption.ATOMIC_MOVE);
        return Outcome.WRITTEN;
    }
}
