package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.patchformat.live.LiveIndex;
import dev.hotpatch.patchformat.live.LiveUnitReader;
import dev.hotpatch.systemtests.jvm.AttachedHook;
import dev.hotpatch.systemtests.jvm.JarClasses;
import dev.hotpatch.systemtests.jvm.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tries a live unit in a JVM that has loaded every class of the old version: applied by late attach, everything in it linked and thereby verified, rolled back,
 * applied again.
 *
 * @param folder for temporary files
 * @param from the old version's jar
 * @param to the new version's jar
 * @param dependencies what both need beside them
 */
record JvmTrial(Path folder, Path from, Path to, List<Path> dependencies) {
    JvmTrial {
        dependencies = List.copyOf(dependencies);
    }

    JvmResult run(Jdk jdk, Path liveUnit) throws IOException, InterruptedException {
        LiveIndex index = index(liveUnit);
        Set<String> redefined = new TreeSet<>();
        index.redefine().forEach(entry -> redefined.add(dots(entry.name())));
        Set<String> patched = new TreeSet<>(redefined);
        index.added().forEach(entry -> patched.add(dots(entry.name())));
        JvmResult.Draft draft = new JvmResult.Draft(jdk.feature());
        try (ClassChild child = ClassChild.start(jdk, folder, from, dependencies)) {
            ClassChild.Outcome loaded = child.load(JarClasses.of(from));
            draft.loaded(loaded);
            Set<String> live = new HashSet<>(loaded.fine());
            live.retainAll(redefined);
            try (AttachedHook hook = child.hook()) {
                HookState applied = hook.apply(liveUnit);
                if (!draft.applied(applied, live.size())) {
                    return draft.result();
                }
                ClassChild.Outcome linked = child.link(patched);
                judge(jdk, linked, redefined, draft);
                if (draft.rolledBack(hook.rollback(), live.size())) {
                    draft.appliedAgain(hook.apply(liveUnit), live.size());
                }
            }
        }
        return draft.result();
    }

    /** A failure is the patch's fault unless the real new version fails in the same way. */
    private void judge(Jdk jdk, ClassChild.Outcome linked, Set<String> redefined, JvmResult.Draft draft)
            throws IOException, InterruptedException {
        List<Failure> excused = new ArrayList<>();
        List<Failure> broken = new ArrayList<>();
        if (!linked.failed().isEmpty()) {
            try (ClassChild real = ClassChild.start(jdk, folder, to, dependencies)) {
                for (Failure failure : linked.failed()) {
                    (failsAnyway(real, failure) ? excused : broken).add(failure);
                }
            }
        }
        int unlinkable = (int) linked.failed().stream()
                .filter(failure -> redefined.contains(failure.name()))
                .count();
        draft.linked(linked.fine().size(), unlinkable, excused, broken);
    }

    private static boolean failsAnyway(ClassChild real, Failure failure) throws IOException, InterruptedException {
        if (!failure.missing().isEmpty()) {
            return !real.load(List.of(failure.missing())).failed().isEmpty();
        }
        return real.link(List.of(failure.name())).failed().equals(List.of(failure));
    }

    private static LiveIndex index(Path liveUnit) throws IOException {
        try (InputStream in = Files.newInputStream(liveUnit)) {
            return LiveUnitReader.read(in, (digest, bytes) -> {});
        }
    }

    private static String dots(String internalName) {
        return internalName.replace('/', '.');
    }
}
