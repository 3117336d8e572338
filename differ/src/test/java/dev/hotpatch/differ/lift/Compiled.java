package dev.hotpatch.differ.lift;

import dev.hotpatch.differ.content.Parallel;
import dev.hotpatch.differ.fixture.Classes;
import dev.hotpatch.patchformat.plan.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sources of one side, compiled. */
record Compiled(Map<String, byte[]> classes) implements Side {
    static Compiled of(String... sources) {
        return new Compiled(Classes.compile(sources));
    }

    /** What becomes of this side where the target is the other. */
    Compilation to(Compiled target) {
        return LiveCompiler.compile(this, target, new Compiled(new TreeMap<>()), new Parallel(1));
    }

    /** The codes and texts of why a class is blocked, or goes live as it does. */
    static String reasons(Compilation compilation, String name) {
        Compilation.Redefined redefined = compilation.redefined().get(name);
        List<Reason> reasons =
                compilation.blocked().getOrDefault(name, redefined == null ? List.of() : redefined.reasons());
        StringBuilder text = new StringBuilder();
        reasons.forEach(reason ->
                text.append(reason.code()).append(": ").append(reason.text()).append('\n'));
        return text.toString();
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(classes.keySet());
    }

    @Override
    public @Nullable String digest(String internalName) {
        byte[] bytes = classes.get(internalName);
        return bytes == null ? null : Integer.toHexString(Arrays.hashCode(bytes));
    }

    @Override
    public byte @Nullable [] find(String internalName) {
        return classes.get(internalName);
    }
}
