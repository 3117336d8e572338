package dev.hotpatch.differ.files;

import dev.hotpatch.differ.classes.ModuleText;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.pairing.FileDifference;
import dev.hotpatch.differ.tree.FileTree;
import dev.hotpatch.patchformat.plan.FileChange;
import dev.hotpatch.patchformat.plan.FileChange.FileDecision;
import dev.hotpatch.patchformat.plan.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Decides for every file and entry that is no class. */
public final class FileRules {
    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so(\\.[0-9.]+)?|dll|dylib|jnilib)");
    private static final Pattern COMMAND = Pattern.compile("(.*/)?(s?bin|libexec)/[^!]*|.*\\.(sh|bat|cmd)");
    private static final Pattern MODULE = Pattern.compile("(.*/)?module-info\\.class");
    private static final Pattern CLASS_PATH = Pattern.compile("(.*/)?(jib-classpath-file|classpath\\.idx)");

    private final Spool spool;

    /** Rules that look into {@code spool} where a name does not tell enough. */
    public FileRules(Spool spool) {
        this.spool = spool;
    }

    /** One decision for each difference, in the same order. */
    public List<FileChange> decide(List<FileDifference> differences) throws IOException {
        List<FileChange> changes = new ArrayList<>();
        for (FileDifference difference : differences) {
            changes.add(decide(difference));
        }
        return changes;
    }

    /** What whiteouts do to files of layers that nobody reads. */
    public static List<FileChange> ofShared(FileTree base, FileTree target) {
        List<FileChange> changes = new ArrayList<>();
        for (String path : without(target.hidden(), base.hidden())) {
            changes.add(resource(
                    "/" + path,
                    "shared-file-removed",
                    "the target removes this file or folder of a layer that both images have"));
        }
        for (String path : without(base.hidden(), target.hidden())) {
            changes.add(resource(
                    "/" + path,
                    "shared-file-restored",
                    "the base removes this file or folder of a layer that both images have, the target does not"));
        }
        return changes;
    }

    private static SortedSet<String> without(SortedSet<String> paths, SortedSet<String> others) {
        SortedSet<String> rest = new TreeSet<>(paths);
        rest.removeAll(others);
        return rest;
    }

    private FileChange decide(FileDifference difference) throws IOException {
        String path = difference.path();
        int inner = path.lastIndexOf("!/");
        String entry = inner < 0 ? path : path.substring(inner + 2);
        StoredFile.Kind kind =
                difference.target().or(difference::base).map(StoredFile::kind).orElse(StoredFile.Kind.OTHER);
        if (difference.isMove()) {
            return inert(path, "moved", "the same content is in another place");
        }
        if (InertFiles.matches(path, entry, inner >= 0)) {
            return inert(path, "inert", "running code does not depend on it");
        }
        if (kind == StoredFile.Kind.CLASS) {
            return noClass(path, difference);
        }
        if (kind == StoredFile.Kind.LINK) {
            return resource(path, "link-not-live", "the link leads elsewhere");
        }
        boolean command = COMMAND.matcher(entry).matches();
        if (LIBRARY.matcher(entry).matches() || (kind == StoredFile.Kind.NATIVE && !command)) {
            return difference.target().isEmpty()
                    ? resource(path, "resource-not-live", "the target lacks this native library")
                    : new FileChange(
                            path,
                            FileDecision.BLOCKED,
                            new Reason(
                                    "native-library",
                                    "",
                                    "a native library changes, and a JVM keeps the one it has loaded; restart with the target image"));
        }
        if (command) {
            return resource(path, "executable-not-live", "a program or script changes");
        }
        if (entry.startsWith("META-INF/services/")) {
            return resource(
                    path,
                    "service-list-not-live",
                    "a list of services changes, and lists that were read are not read again");
        }
        if (entry.endsWith(".class")
                && kind == StoredFile.Kind.OTHER
                && difference.target().isPresent()) {
            return new FileChange(
                    path,
                    FileDecision.BLOCKED,
                    new Reason(
                            "class-unreadable",
                            "",
                            "the class file cannot be read, or is larger than a patch can carry; restart with the target image"));
        }
        if (CLASS_PATH.matcher(entry).matches() && onlyVersions(difference)) {
            return inert(path, "class-path-names", "only versions in the names of jars change");
        }
        return resource(path, "resource-not-live", "the content changes");
    }

    /** A class file where no class loader looks for it. */
    private FileChange noClass(String path, FileDifference difference) throws IOException {
        if (!MODULE.matcher(path).matches()) {
            return inert(path, "inert", "no JVM looks there for a class");
        }
        Optional<StoredFile> base = difference.base();
        Optional<StoredFile> target = difference.target();
        boolean same = base.isPresent()
                && target.isPresent()
                && ModuleText.same(
                        spool.read(base.get().blob().orElseThrow()),
                        spool.read(target.get().blob().orElseThrow()));
        return same
                ? inert(path, "inert", "only versions of modules change with which it was compiled")
                : resource(
                        path,
                        "module-not-live",
                        "the module's declaration changes; it is read when a JVM starts that has the jar on its module path, and"
                                + " never on a class path");
    }

    private boolean onlyVersions(FileDifference difference) throws IOException {
        Optional<String> base = text(difference.base());
        Optional<String> target = text(difference.target());
        return base.isPresent() && target.isPresent() && ClassPathNames.differOnlyInVersions(base.get(), target.get());
    }

    private Optional<String> text(Optional<StoredFile> file) throws IOException {
        if (file.isEmpty() || file.get().blob().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new String(spool.read(file.get().blob().get()), StandardCharsets.UTF_8));
    }

    static FileChange inert(String path, String code, String text) {
        return new FileChange(path, FileDecision.INERT, new Reason(code, "", text));
    }

    static FileChange resource(String path, String code, String text) {
        return new FileChange(
                path,
                FileDecision.RESOURCE,
                new Reason(code, "", text + "; running containers have the target's only after a restart"));
    }
}
