package dev.hotpatch.systemtests.jvm;

import dev.hotpatch.testdata.corpus.CacheFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which JDKs a command line means. */
public final class JdkOptions {
    private JdkOptions() {}

    /**
     * The JDKs that were named, or else one of each of the releases that are usual.
     *
     * @param named homes of JDKs, or releases such as {@code 25}
     * @throws IOException if one is not there; says what to do
     */
    public static List<Jdk> choose(List<String> named, List<Integer> usual, CacheFolder cache) throws IOException {
        List<Jdk> jdks = new ArrayList<>();
        for (String one : named) {
            jdks.add(one.matches("\\d{1,2}") ? find(Integer.parseInt(one), cache) : Jdk.at(Path.of(one)));
        }
        if (named.isEmpty()) {
            for (int feature : usual) {
                jdks.add(find(feature, cache));
            }
        }
        return jdks;
    }

    private static Jdk find(int feature, CacheFolder cache) throws IOException {
        Optional<Jdk> found = Jdk.find(feature, cache);
        if (found.isEmpty()) {
            throw new IOException(
                    "there is NO JDK " + feature + " on this machine; \"system-tests/bin/prepare jdks\" fetches 8, 11,"
                            + " 21 and 25, or name the JDKs to use with --jdk HOME");
        }
        return found.get();
    }
}
