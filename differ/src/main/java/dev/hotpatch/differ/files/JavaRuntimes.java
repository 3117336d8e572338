package dev.hotpatch.differ.files;

import dev.hotpatch.differ.tree.FileTree;
import dev.hotpatch.patchformat.plan.FileChange;
import dev.hotpatch.patchformat.plan.FileChange.FileDecision;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Java run-times in the layers that were read, known by their largest parts.
 *
 * @param roots their folders, as in the plan's paths
 */
record JavaRuntimes(TreeSet<String> roots) {
    private static final Pattern PART = Pattern.compile(
            "(.+?)/((jre/)?lib/(modules|rt\\.jar)|(jre/)?lib/([a-z0-9_]+/)?(server|client|minimal)/libjvm\\.so)");
    private static final Pattern PLACE = Pattern.compile("(/usr/lib/jvm/[^/]+)/.*");

    static JavaRuntimes in(FileTree base, FileTree target) {
        TreeSet<String> roots = new TreeSet<>();
        Stream.of(base, target).flatMap(tree -> tree.files().keySet().stream()).forEach(path -> {
            Matcher part = PART.matcher(path);
            if (part.matches()) {
                roots.add("/" + part.group(1));
            }
        });
        return new JavaRuntimes(roots);
    }

    /** The run-time that a file belongs to. */
    Optional<String> holding(String path) {
        Matcher place = PLACE.matcher(path);
        if (place.matches()) {
            return Optional.of(place.group(1));
        }
        return roots.stream().filter(root -> path.startsWith(root + "/")).findFirst();
    }

    static FileChange blocked(String root) {
        return new FileChange(
                root,
                FileDecision.BLOCKED,
                new Reason(
                        "java-runtime",
                        "",
                        "the Java run-time changes, which no patch can do; restart with the target image"));
    }
}
