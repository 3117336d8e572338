package dev.hotpatch.nodeagent.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The start-up options of a JVM as far as they can be seen from outside: its environment and its command line up to the main
 * class. Options in files ({@code @argfiles}, {@code -XX:Flags}, {@code -XX:VMOptionsFile}) are not read, only noted.
 *
 * @param attachDisabled {@code -XX:+DisableAttachMechanism} is in force
 * @param unseenFiles there are options in files
 */
record JvmOptions(boolean attachDisabled, boolean unseenFiles) {
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--enable-native-access",
            "--limit-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--patch-module",
            "--source");

    /** The order is HotSpot's; the last word on a flag wins. */
    static JvmOptions of(List<String> commandLine, Map<String, String> environment) {
        List<String> all = new ArrayList<>(words(environment.get("JAVA_TOOL_OPTIONS")));
        all.addAll(words(environment.get("JDK_JAVA_OPTIONS")));
        all.addAll(beforeMainClass(commandLine));
        all.addAll(words(environment.get("_JAVA_OPTIONS")));
        boolean disabled = false;
        boolean files = false;
        for (String option : all) {
            switch (option) {
                case "-XX:+DisableAttachMechanism" -> disabled = true;
                case "-XX:-DisableAttachMechanism" -> disabled = false;
                default ->
                    files |= option.startsWith("@")
                            || option.startsWith("-XX:Flags=")
                            || option.startsWith("-XX:VMOptionsFile=");
            }
        }
        return new JvmOptions(disabled, files);
    }

    private static List<String> beforeMainClass(List<String> commandLine) {
        List<String> options = new ArrayList<>();
        for (int i = 1; i < commandLine.size(); i++) {
            String argument = commandLine.get(i);
            if (!argument.startsWith("-") && !argument.startsWith("@")) {
                return options;
            }
            options.add(argument);
            if (WITH_VALUE.contains(argument)) {
                i++;
            }
        }
        return options;
    }

    /** Blanks inside quotes are not honoured: a flag of interest has none. */
    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
