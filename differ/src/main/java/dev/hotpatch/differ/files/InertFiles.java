package dev.hotpatch.differ.files;

import java.util.Locale;
import java.util.regex.Pattern;

/** Files that no running code depends on, told by their names. */
final class InertFiles {
    /** Entries of jars. */
    private static final Pattern ENTRY = Pattern.compile("META-INF/("
            + "MANIFEST\\.MF|INDEX\\.LIST|[^/]*\\.(SF|RSA|DSA|EC)|maven/.*|native-image/.*|sbom/.*|proguard/.*|com\\.android\\.tools/.*"
            + "|[^/]*\\.kotlin_module|[^/]*\\.version|build-info\\.properties|gradle/incremental.*|licenses?/.*|jandex\\.idx"
            + "|(additional-)?spring-configuration-metadata\\.json|versions/[0-9]+/OSGI-INF/.*)"
            + "|git\\.properties|BOOT-INF/layers\\.idx|OSGI-OPT/.*");

    /** File names, anywhere. */
    private static final Pattern NAME = Pattern.compile(
            "((license|licence|notice|readme|changes|changelog|authors|contributors|contributing|copying|copyright|dependencies|"
                    + "release[-_]?notes|about|security|version)([-_.].*)?(\\.(txt|md|html|adoc|rst))?)"
                    + "|.*\\.(md|adoc|java|kt|scala|groovy|pom|asc|sha1|sha256|md5)|pom\\.xml|pom\\.properties|package-list");

    /** Folders of an image. */
    private static final Pattern FOLDER = Pattern.compile(
            "/(usr/share/(doc|man|info|lintian|bug|common-licenses|doc-base)"
                    + "|var/lib/(dpkg|apt|rpm|systemd|pam)|lib/apk|var/(cache|log)|tmp|var/tmp|run)/.*|(.*/)?(javadoc|apidocs)/.*");

    private InertFiles() {}

    static boolean matches(String path, String entry, boolean inArchive) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return (inArchive && ENTRY.matcher(entry).matches())
                || NAME.matcher(name).matches()
                || (!inArchive && FOLDER.matcher(path).matches());
    }
}
