package dev.hotpatch.differ.files;

import dev.hotpatch.patchformat.image.ImageConfig;
import dev.hotpatch.patchformat.plan.FileChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs in images' start settings. Values stay out of the plan: they may be secret. */
public final class ImageSettings {
    private static final String PREFIX = "config:";

    private ImageSettings() {}

    /** One decision for each setting that differs, sorted. */
    public static List<FileChange> compare(ImageConfig base, ImageConfig target) {
        List<FileChange> changes = new ArrayList<>();
        words("cmd", base.command(), target.command(), changes);
        words("entrypoint", base.entrypoint(), target.entrypoint(), changes);
        SortedMap<String, String> before = variables(base);
        SortedMap<String, String> after = variables(target);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            compare("env." + name, before.get(name), after.get(name), changes);
        }
        return changes;
    }

    private static SortedMap<String, String> variables(ImageConfig config) {
        SortedMap<String, String> variables = new TreeMap<>();
        for (String variable : config.environment()) {
            int equals = variable.indexOf('=');
            variables.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "" : variable.substring(equals + 1));
        }
        return variables;
    }

    private static void words(String setting, List<String> base, List<String> target, List<FileChange> changes) {
        if (!base.equals(target)) {
            compare(setting, String.join("\n", base), String.join("\n", target), changes);
        }
    }

    private static void compare(
            String setting,
            @org.jspecify.annotations.Nullable String base,
            @org.jspecify.annotations.Nullable String target,
            List<FileChange> changes) {
        if (Objects.equals(base, target)) {
            return;
        }
        boolean names = base != null && target != null && ClassPathNames.differOnlyInVersions(base, target);
        changes.add(
                names
                        ? FileRules.inert(
                                PREFIX + setting, "class-path-names", "only versions in the names of jars change")
                        : FileRules.resource(PREFIX + setting, "setting-not-live", "a setting of the image changes"));
    }
}
