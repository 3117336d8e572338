package dev.hotpatch.differ.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotpatch.differ.content.BadContentException;
import dev.hotpatch.differ.content.FileStore;
import dev.hotpatch.differ.content.Limits;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.fixture.Archives;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveReaderTest {
    @TempDir
    Path temporary;

    private Optional<NavigableMap<String, StoredFile>> read(byte[] bytes) throws IOException {
        try (Spool spool = Spool.in(temporary, 1 << 30)) {
            FileStore store = new FileStore(spool, Limits.DEFAULT);
            StoredFile file = store.store("a.jar", new ByteArrayInputStream(bytes));
            return new ArchiveReader(store).read(file, "/a.jar");
        }
    }

    @Test
    void readsJarsBehindAShellScript() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Archives.text("#!/bin/sh\nexec java -jar \"$0\"\n"));
        out.write(Archives.jar(Map.of("x.txt", Archives.text("hello"))));
        assertEquals(Set.of("x.txt"), read(out.toByteArray()).orElseThrow().keySet());
    }

    @Test
    void takesAJarThatIsNoZipForAPlainFile() throws IOException {
        assertTrue(read(Archives.text("version https://git-lfs.github.com/spec/v1\n"))
                .isEmpty());
        assertTrue(read(new byte[0]).isEmpty());
    }

    @Test
    void refusesAJarThatDeflatesToTooMuch() {
        byte[] bomb = Archives.jar(Map.of("zeros", new byte[40 << 20]));
        BadContentException e = assertThrows(BadContentException.class, () -> read(bomb));
        assertTrue(String.valueOf(e.getMessage()).contains("bomb"), e.toString());
    }

    @Test
    void refusesNamesWithControlCharacters() {
        byte[] jar = Archives.jar(Map.of("a\tb.txt", Archives.text("x")));
        assertThrows(BadContentException.class, () -> read(jar));
    }

    @Test
    void refusesClassesThatAreThereTwiceAndDiffer() {
        byte[] first = dev.hotpatch.differ.fixture.Classes.one("class Foo { int a; }");
        byte[] second = dev.hotpatch.differ.fixture.Classes.one("class Foo { int b; }");
        byte[] jar = Archives.jar(Map.of("Foo.class", first, "Fop.class", second), true);
        String twice = new String(jar, StandardCharsets.ISO_8859_1).replace("Fop.class", "Foo.class");
        BadContentException e =
                assertThrows(BadContentException.class, () -> read(twice.getBytes(StandardCharsets.ISO_8859_1)));
        assertTrue(String.valueOf(e.getMessage()).contains("twice"), e.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'Manifest-Version: 1.0\\nMulti-Release: true\\n', true",
        "'Manifest-Version: 1.0\\r\\nMulti-Release: TRUE\\r\\n\\r\\nName: a.txt\\r\\nSHA-256-Digest: AAAA\\r\\n\\r\\n', true",
        "'Manifest-Version: 1.0\\n\\nName: a.txt\\nMulti-Release: true\\n', false",
        "'Manifest-Version: 1.0\\r\\rName: a.txt\\rMulti-Release: true\\r', false",
        "'\\nMulti-Release: true\\n', false",
        "'nonsense', false"
    })
    void onlyTheFirstSectionOfAManifestSaysThatAJarIsMultiRelease(String manifest, boolean expected)
            throws IOException {
        String text = manifest.replace("\\r", "\r").replace("\\n", "\n");
        try (Spool spool = Spool.in(temporary, 1 << 30)) {
            FileStore store = new FileStore(spool, Limits.DEFAULT);
            StoredFile file = store.store("META-INF/MANIFEST.MF", new ByteArrayInputStream(Archives.text(text)));
            assertEquals(expected, new ArchiveReader(store).isMultiRelease(List.of(file)));
        }
    }
}
