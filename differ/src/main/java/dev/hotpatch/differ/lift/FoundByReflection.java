package dev.hotpatch.differ.lift;

import java.util.Set;
import org.objectweb.asm.Opcodes;

/** Warns of lifted members that the JDK looks for in the class itself, by reflection: they are live and never called. */
final class FoundByReflection implements Lift {
    private static final String SERIALIZABLE = "java/io/Serializable";

    /** What serialisation looks for (Java Object Serialization Specification). */
    private static final Set<String> PROTOCOL = Set.of(
            "writeObject(Ljava/io/ObjectOutputStream;)V",
            "readObject(Ljava/io/ObjectInputStream;)V",
            "readObjectNoData()V",
            "readResolve()Ljava/lang/Object;",
            "writeReplace()Ljava/lang/Object;",
            "serialVersionUID:J",
            "serialPersistentFields:[Ljava/io/ObjectStreamField;");

    @Override
    public void plan(Delta delta, LiftPlan plan) {
        if (!plan.world().after().isSubtype(delta.name(), SERIALIZABLE)) {
            return;
        }
        for (MemberId member : delta.added()) {
            int flags = delta.target().flags(member);
            boolean written = !member.isMethod()
                    && (flags & (Opcodes.ACC_STATIC | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC)) == 0;
            if (written || PROTOCOL.contains(member.text())) {
                plan.note(
                        delta.name(),
                        LiftReasons.warning(
                                "serialisation-not-live",
                                member.text(),
                                "serialisation looks for this in the class itself and does not find it; what it does there has no effect"
                                        + " before a restart"));
            }
        }
        for (MemberId member : delta.removed()) {
            if (PROTOCOL.contains(member.text())) {
                plan.note(
                        delta.name(),
                        LiftReasons.warning(
                                "serialisation-not-live",
                                member.text(),
                                "serialisation still finds this in the class until a restart"));
            }
        }
    }
}
