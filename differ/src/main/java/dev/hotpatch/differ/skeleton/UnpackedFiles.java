package dev.hotpatch.differ.skeleton;

import dev.hotpatch.differ.tar.TarMember;
import dev.hotpatch.patchformat.skeleton.TarSkeleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which members of a layer's tar lie as files under their names where a container runtime has unpacked it. */
final class UnpackedFiles {
    private static final String WHITEOUT = ".wh.";

    private final Map<String, TarMember> last = new HashMap<>();
    /** Nothing is looked for under these: links, devices, and what the layer itself takes away. */
    private final Set<String> closed = new HashSet<>();

    UnpackedFiles(List<TarMember> members) {
        for (TarMember member : members) {
            last.put(member.name(), member);
            String name = member.name();
            int slash = name.lastIndexOf('/') + 1;
            if (name.startsWith(WHITEOUT, slash)) {
                closed.add(name);
                closed.add(name.substring(0, slash) + name.substring(slash + WHITEOUT.length()));
            } else if (member.type() == TarMember.Type.SYMBOLIC_LINK || member.type() == TarMember.Type.SPECIAL) {
                closed.add(name);
            }
        }
    }

    /** Whether that member's content is there, whole. If this is wrong, what is put together does not have its digest. */
    boolean contains(TarMember member) {
        return member.type() == TarMember.Type.FILE
                && member.size() > 0
                && member.equals(last.get(member.name()))
                && TarSkeleton.canName(member.name())
                && isOpen(member.name());
    }

    private boolean isOpen(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (closed.contains(path.substring(0, end))) {
                return false;
            }
        }
        return true;
    }
}
