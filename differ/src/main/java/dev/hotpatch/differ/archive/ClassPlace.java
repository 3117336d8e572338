package dev.hotpatch.differ.archive;

import dev.hotpatch.differ.content.StoredFile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a class file lies for a class loader.
 *
 * @param root the folder that is on the class path, with a slash at its end, or empty
 * @param key the class
 */
public record ClassPlace(String root, ClassKey key) {
    private static final Pattern RELEASE = Pattern.compile("(|.*/)META-INF/versions/([1-9][0-9]{0,2})/");
    private static final int FIRST_RELEASE = 9;
    private static final String MODULE = "module-info";
    private static final String SUFFIX = ".class";

    /** Of a class file, unless it lies where no loader looks for a class of its name. */
    public static Optional<ClassPlace> of(StoredFile file) {
        String expected = file.className() + SUFFIX;
        if (file.kind() != StoredFile.Kind.CLASS || !file.path().endsWith(expected)) {
            return Optional.empty();
        }
        String root = file.path().substring(0, file.path().length() - expected.length());
        if (!root.isEmpty() && !root.endsWith("/")) {
            return Optional.empty();
        }
        Matcher release = RELEASE.matcher(root);
        return Optional.of(
                release.matches()
                        ? new ClassPlace(
                                release.group(1), new ClassKey(file.className(), Integer.parseInt(release.group(2))))
                        : new ClassPlace(root, new ClassKey(file.className(), 0)));
    }

    /**
     * Whether a class loader looks there for a class: no JVM loads a module's declaration as one, and for forms it looks only in jars that
     * say so, from Java 9 on.
     *
     * @param multiRelease whether the manifest beside {@code META-INF/versions} says so
     */
    public boolean isSeen(boolean multiRelease) {
        boolean form = multiRelease && root.isEmpty() && key.release() >= FIRST_RELEASE;
        return !key.name().equals(MODULE) && (key.release() == 0 || form);
    }

    /**
     * The path of the jar or folder that has {@code root} in it.
     *
     * @param prefix what comes before the paths of files there: the path of a jar with {@code !/}, or where an image begins
     */
    public static String unitPath(String prefix, String root) {
        if (!root.isEmpty()) {
            return prefix + root.substring(0, root.length() - 1);
        }
        if (prefix.endsWith("!/")) {
            return prefix.substring(0, prefix.length() - 2);
        }
        return prefix.isEmpty() ? "." : prefix;
    }
}
