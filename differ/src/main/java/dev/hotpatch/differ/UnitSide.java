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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The classes of several units on one side, with their forms for releases of Java. Not modified any more once it is compiled. */
final class UnitSide {
    private final Spool spool;
    private final NavigableMap<ClassKey, StoredFile> files = new TreeMap<>();

    UnitSide(Spool spool) {
        this.spool = spool;
    }

    /** The class file that a JVM of that release sees: the form for the last release up to it. */
    static Optional<StoredFile> form(SortedMap<ClassKey, StoredFile> classes, String name, int release) {
        SortedMap<ClassKey, StoredFile> forms = classes.subMap(new ClassKey(name, 0), new ClassKey(name, release + 1));
        return forms.isEmpty() ? Optional.empty() : Optional.ofNullable(forms.get(forms.lastKey()));
    }

    /** Whether no class of these is there with other content. */
    boolean accepts(SortedMap<ClassKey, StoredFile> classes) {
        return classes.keySet().stream().map(ClassKey::name).distinct().allMatch(name -> {
            Map<ClassKey, Digest> there = digests(files, name);
            return there.isEmpty() || there.equals(digests(classes, name));
        });
    }

    private static Map<ClassKey, Digest> digests(SortedMap<ClassKey, StoredFile> classes, String name) {
        return classes.subMap(new ClassKey(name, 0), new ClassKey(name, Integer.MAX_VALUE)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().digest()));
    }

    void add(SortedMap<ClassKey, StoredFile> classes) {
        classes.forEach(files::putIfAbsent);
    }

    /** From which releases on a JVM sees other classes than those before. */
    SortedSet<Integer> releases() {
        return files.keySet().stream().map(ClassKey::release).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a JVM of that release sees. */
    View on(int release) {
        Map<String, StoredFile> seen = new HashMap<>();
        // Forms of a class come in the order of their releases.
        files.forEach((key, file) -> {
            if (key.release() <= release) {
                seen.put(key.name(), file);
            }
        });
        return new View(seen, spool);
    }

    /** All forms of all classes, each under a name of its own: no JVM sees them so. */
    View all() {
        Map<String, StoredFile> all = new HashMap<>();
        files.forEach((key, file) -> all.put(key.release() == 0 ? key.name() : key.name() + "/" + key.release(), file));
        return new View(all, spool);
    }

    /** The classes that JVMs of one release see. */
    static final class View implements Side {
        private final Map<String, StoredFile> files;
        private final Spool spool;

        /** Made when it is first asked for, since sorting takes longer than all else here. */
        private @Nullable SortedSet<String> names;

        private View(Map<String, StoredFile> files, Spool spool) {
            this.files = files;
            this.spool = spool;
        }

        Optional<Digest> digestOf(String name) {
            return Optional.ofNullable(files.get(name)).map(StoredFile::digest);
        }

        /** Names of classes that are not the same there. */
        SortedSet<String> differing(View other) {
            SortedSet<String> differing = new TreeSet<>();
            files.forEach((name, file) -> {
                StoredFile there = other.files.get(name);
                if (there == null || !there.digest().equals(file.digest())) {
                    differing.add(name);
                }
            });
            for (String name : other.files.keySet()) {
                if (!files.containsKey(name)) {
                    differing.add(name);
                }
            }
            return differing;
        }

        @Override
        public synchronized SortedSet<String> names() {
            SortedSet<String> sorted = names;
            if (sorted == null) {
                sorted = Collections.unmodifiableSortedSet(new TreeSet<>(files.keySet()));
                names = sorted;
            }
            return sorted;
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
}
