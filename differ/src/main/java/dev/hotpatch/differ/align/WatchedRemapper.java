package dev.hotpatch.differ.align;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;

/** Notes whether anything was given another name. */
final class WatchedRemapper extends Remapper {
    private final Remapper names;
    private boolean renamed;

    WatchedRemapper(Remapper names) {
        super(Opcodes.ASM9);
        this.names = names;
    }

    boolean hasRenamed() {
        return renamed;
    }

    private String watch(String before, String after) {
        renamed |= !before.equals(after);
        return after;
    }

    @Override
    public String map(String internalName) {
        return watch(internalName, names.map(internalName));
    }

    @Override
    public String mapMethodName(String owner, String name, String desc) {
        return watch(name, names.mapMethodName(owner, name, desc));
    }

    @Override
    public String mapFieldName(String owner, String name, String desc) {
        return watch(name, names.mapFieldName(owner, name, desc));
    }

    @Override
    public String mapMethodDesc(String desc) {
        return watch(desc, names.mapMethodDesc(desc));
    }

    @Override
    public @Nullable String mapInnerClassName(String name, @Nullable String ownerName, @Nullable String innerName) {
        return names.mapInnerClassName(name, ownerName, innerName);
    }
}
