package dev.hotpatch.differ.files;

import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.tree.FileTree;
import dev.hotpatch.patchformat.plan.FileChange;
import dev.hotpatch.patchformat.plan.FileChange.FileDecision;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Java run-times in the layers that were read, known by their largest parts. They are compared as wholes: their jars are no application's.
 *
 * @param roots their folders, without a slash at either end
 */
public record JavaRuntimes(TreeSet<String> roots) {
    private static final Pattern PART =
            Pattern.compile("(.+?)/lib/(modules|rt\\.jar|([a-z0-9_]+/)?(server|client|minimal)/libjvm\\.so)");
    private static final Pattern PLACE = Pattern.compile("(usr/lib/jvm/[^/]+)/.*");
    private static final Pattern INERT =
            Pattern.compile("/(legal|man|demo|sample)/.*|/(jre/)?(README|LICENSE|NOTICE).*");

    /** The run-times of both sides. */
    public static JavaRuntimes in(FileTree base, FileTree target) {
        TreeSet<String> roots = new TreeSet<>();
        Stream.of(base, target).flatMap(tree -> tree.files().keySet().stream()).forEach(path -> {
            Matcher part = PART.matcher(path);
            if (part.matches()) {
                roots.add(part.group(1));
            }
        });
        return new JavaRuntimes(roots);
    }

    /** The files that belong to none. */
    public NavigableMap<String, StoredFile> without(FileTree tree) {
        NavigableMap<String, StoredFile> rest = new TreeMap<>(tree.files());
        rest.keySet().removeIf(path -> holding(path).isPresent());
        return rest;
    }

    /** One decision for each run-time in which something differs, sorted. */
    public List<FileChange> compare(FileTree base, FileTree target) {
        Map<String, Map<String, String>> before = contents(base);
        Map<String, Map<String, String>> after = contents(target);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String name : names) {
            if (!before.getOrDefault(name, Map.of()).equals(after.getOrDefault(name, Map.of()))) {
                changes.add(new FileChange(
                        "/" + name,
                        FileDecision.BLOCKED,
                        new Reason(
                                "java-runtime",
                                "",
                                "the Java run-time changes, which no patch can do; restart with the target image")));
            }
        }
        return changes;
    }

    private Map<String, Map<String, String>> contents(FileTree tree) {
        Map<String, Map<String, String>> contents = new HashMap<>();
        tree.files()
                .forEach((path, file) -> holding(path).ifPresent(root -> {
                    if (!INERT.matcher(path.substring(root.length())).matches()) {
                        contents.computeIfAbsent(root, any -> new HashMap<>())
                                .put(path, file.digest().hex());
                    }
                }));
        return contents;
    }

    private Optional<String> holding(String path) {
        Matcher place = PLACE.matcher(path);
        if (place.matches()) {
            return Optional.of(place.group(1));
        }
        return roots.stream().filter(root -> path.startsWith(root + "/")).findFirst();
    }
}
