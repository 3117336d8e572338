package dev.hotpatch.differ.companion;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes the class with the effects that a user has declared for one class, as a public class of Java 8 in its package: a static method
 * {@code run()} that does them in turn, with the rights of that class. Not thread-safe.
 */
public final class EffectCompanion {
    /** The method that does everything. */
    public static final String METHOD = "run";

    private final String name;
    private final String owner;
    private final boolean ownerIsInterface;
    private final AccessCompanion access;
    private final MethodNode run =
            new MethodNode(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, METHOD, "()V", null, null);

    /**
     * One without effects.
     *
     * @param name internal name of the companion, in the package of the owner
     * @param owner internal name of the class
     */
    public EffectCompanion(String name, String owner, boolean ownerIsInterface) {
        this.name = name;
        this.owner = owner;
        this.ownerIsInterface = ownerIsInterface;
        this.access = new AccessCompanion(name, owner, ownerIsInterface);
    }

    /** Empties the map, collection or cache in a static field; nothing if there is none. */
    public void clear(String field, String desc) {
        run.instructions.add(access.access(AccessCompanion.Kind.GET_STATIC, owner, ownerIsInterface, field, desc));
        run.instructions.add(new MethodInsnNode(Opcodes.INVOKESTATIC, name, "empty", "(Ljava/lang/Object;)V", false));
    }

    /** Puts null into a static field. */
    public void setNull(String field, String desc) {
        run.instructions.add(new InsnNode(Opcodes.ACONST_NULL));
        run.instructions.add(access.access(AccessCompanion.Kind.PUT_STATIC, owner, ownerIsInterface, field, desc));
    }

    /** Calls a static method without parameters. */
    public void call(String method, String desc) {
        run.instructions.add(access.access(AccessCompanion.Kind.INVOKE_STATIC, owner, ownerIsInterface, method, desc));
        int size = Type.getReturnType(desc).getSize();
        if (size > 0) {
            run.instructions.add(new InsnNode(size == 1 ? Opcodes.POP : Opcodes.POP2));
        }
    }

    /** The class file. */
    public byte[] toBytes() {
        ClassNode node = new ClassNode();
        new ClassReader(access.toBytes()).accept(node, 0);
        for (MethodNode method : Template.read(EffectTemplate.class, name).methods) {
            if (!method.name.equals("<init>")) {
                node.methods.add(method);
            }
        }
        run.instructions.add(new InsnNode(Opcodes.RETURN));
        node.methods.add(run);
        return Template.write(node);
    }
}
