package dev.hotpatch.differ;

import dev.hotpatch.differ.archive.ClassKey;
import dev.hotpatch.differ.content.Spool;
import dev.hotpatch.differ.content.StoredFile;
import dev.hotpatch.differ.lift.Side;
import dev.hotpatch.patchformat.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The classes of several units on one side, by name. Not modified any more once it is compiled. */
final class UnitSide implements Side {
    private final Spool spool;
    private final Map<String, StoredFile> files = new HashMap<>();
    private final SortedSet<String> names = new TreeSet<>();

    UnitSide(Spool spool) {
        this.spool = spool;
    }

    /** Whether no class of these is there with other content. */
    boolean accepts(Map<ClassKey, StoredFile> classes) {
        return classes.entrySet().stream().noneMatch(entry -> {
            StoredFile there = ClassWorld.decides(entry.getKey())
                    ? files.get(entry.getKey().name())
                    : null;
            return there != null && !there.digest().equals(entry.getValue().digest());
        });
    }

    void add(Map<ClassKey, StoredFile> classes) {
        classes.forEach((key, file) -> {
            if (ClassWorld.decides(key)) {
                files.putIfAbsent(key.name(), file);
                names.add(key.name());
            }
        });
    }

    boolean sameAs(UnitSide other) {
        return files.keySet().equals(other.files.keySet())
                && files.entrySet().stream()
                        .allMatch(entry -> entry.getValue()
                                .digest()
                                .equals(other.digestOf(entry.getKey()).orElse(null)));
    }

    Optional<Digest> digestOf(String name) {
        return Optional.ofNullable(files.get(name)).map(StoredFile::digest);
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public @Nullable String digest(String internalName) {
        StoredFile file = files.get(internalName);
        return file == null ? null : file.digest().hex();
    }

    @Override
    public byte @Nullable [] find(String internalName) {
        StoredFile file = files.get(internalName);
        if (file == null) {
            return null;
        }
        try {
            return spool.read(file.blob().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
