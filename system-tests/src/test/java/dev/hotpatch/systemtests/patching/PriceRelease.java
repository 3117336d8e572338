package dev.hotpatch.systemtests.patching;

import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.systemtests.command.HotpatchCommand;
import dev.hotpatch.testdata.corpus.CacheFolder;
import dev.hotpatch.testdata.image.BaseImage;
import dev.hotpatch.testdata.image.BuiltImage;
import dev.hotpatch.testdata.image.JibImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two images of the price service, with price 1 and with price 2, in one repository.
 *
 * @param jar the one of the first image
 */
record PriceRelease(HotpatchCommand hotpatch, String repository, Path jar, BuiltImage from, BuiltImage to) {
    private static final CacheFolder CACHE = CacheFolder.fromEnvironment(System.getenv());

    /** Pushes both images; editions have images of their own. */
    static PriceRelease push(HotpatchCommand hotpatch, String repository, String edition, BaseImage base, Path scratch)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(scratch.resolve(edition));
        Path one = PriceJar.write(folder.resolve("one.jar"), 1, edition);
        Path two = PriceJar.write(folder.resolve("two.jar"), 2, edition);
        return new PriceRelease(
                hotpatch,
                repository,
                one,
                JibImage.ofExecutableJar(one, base, CACHE).push(repository + ":" + edition + "-1"),
                JibImage.ofExecutableJar(two, base, CACHE).push(repository + ":" + edition + "-2"));
    }

    /** Builds the patch, pushes it, and gives its digest. */
    String buildPatch(String... flags) throws IOException, InterruptedException, JsonException {
        List<String> words =
                new ArrayList<>(List.of("build", from.byDigest(), to.byDigest(), "--push", repository, "--json"));
        words.addAll(List.of(flags));
        return hotpatch.run(0, words.toArray(String[]::new)).json().string("patch", 128);
    }
}
