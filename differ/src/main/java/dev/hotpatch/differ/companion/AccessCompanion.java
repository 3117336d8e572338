package dev.hotpatch.differ.companion;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Collects what code outside a class must reach with that class's rights, and writes the access companion: a public class of Java 8 in the
 * package of the owner, with one static method for each access. Every method links itself when it is first called, so that a member or
 * type that is missing breaks this method alone, with the {@link LinkageError} that the instruction would meet.
 *
 * <p>What the companion cannot do, in the JVM: write static final fields and components of records ({@link IllegalAccessError}), and reach
 * caller-sensitive methods of the JDK (such as {@code super.getContextClassLoader()} of a thread) from Java 16 on.
 *
 * <p>Deterministic: methods are named after what they reach and written in the order of their names. Not thread-safe.
 */
public final class AccessCompanion {
    /** The instruction that is stood in for. */
    public enum Kind {
        /** {@code getfield}. */
        GET_FIELD("getField"),
        /** {@code putfield}, of final fields too, but not of a record's. */
        PUT_FIELD("putField"),
        /** {@code getstatic}. */
        GET_STATIC("getStatic"),
        /** {@code putstatic} of a field that is not final. */
        PUT_STATIC("putStatic"),
        /** {@code invokestatic}. */
        INVOKE_STATIC("static"),
        /** {@code invokespecial} but of a constructor: a private method, or a super call; never dispatched. */
        INVOKE_SPECIAL("special"),
        /** {@code invokevirtual} or {@code invokeinterface}: what only the owner may call, as a protected method of a super class. */
        INVOKE_VIRTUAL("virtual"),
        /** {@code new}, {@code dup} and {@code invokespecial} of a constructor in one. */
        NEW("new");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String LINK_DESC = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)"
            + "Ljava/lang/invoke/CallSite;";

    private record Access(Kind kind, String holder, String member, String siteDesc) {}

    private final String name;
    private final String owner;
    private final boolean ownerIsInterface;
    /** By name and descriptor of the static method. */
    private final Map<String, Access> accesses = new TreeMap<>();

    /**
     * An empty companion.
     *
     * @param name internal name of the companion, in the package of the owner
     * @param owner internal name of the class whose rights count
     * @param ownerIsInterface whether the owner is an interface; constructors and instance fields are then refused
     */
    public AccessCompanion(String name, String owner, boolean ownerIsInterface) {
        this.name = requireInternal(name);
        this.owner = requireInternal(owner);
        this.ownerIsInterface = ownerIsInterface;
        if (!packageOf(name).equals(packageOf(owner))) {
            throw new IllegalArgumentException("companion " + name + " is not in the package of its owner " + owner);
        }
    }

    /**
     * The static method to call instead of the instruction. It takes what the instruction takes, and a receiver as the owner, and gives
     * what the instruction gives; for {@link Kind#NEW} it takes the arguments of the constructor and returns the new object.
     *
     * @param holder internal name of the class that the instruction names: the owner or a super type of it
     * @param desc descriptor of the field, the method or the constructor
     * @throws IllegalArgumentException if the kind and the descriptor do not agree
     */
    public MethodInsnNode access(Kind kind, String holder, boolean holderIsInterface, String name, String desc) {
        check(kind, holder, holderIsInterface, name, desc);
        String siteDesc = siteDesc(kind, holder, desc);
        String method = methodName(kind, holder, name);
        Access access = new Access(kind, holder, name, siteDesc);
        Access known = accesses.putIfAbsent(method + siteDesc, access);
        if (known != null && !known.equals(access)) {
            throw new IllegalArgumentException(
                    "two members want to be " + this.name + "." + method + siteDesc + ": " + known + " and " + access);
        }
        return new MethodInsnNode(Opcodes.INVOKESTATIC, this.name, method, siteDesc, false);
    }

    /** Whether nothing has been asked for, so that no companion is needed. */
    public boolean isEmpty() {
        return accesses.isEmpty();
    }

    /** The internal name of the companion. */
    public String name() {
        return name;
    }

    /** The class file, with all that has been asked for until now. */
    public byte[] toBytes() {
        ClassNode node = Template.read(AccessTemplate.class, name);
        accesses.forEach(
                (method, access) -> node.methods.add(method(method.substring(0, method.indexOf('(')), access)));
        return Template.write(node);
    }

    private MethodNode method(String method, Access access) {
        MethodNode node = new MethodNode(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, method, access.siteDesc, null, null);
        int slot = 0;
        for (Type argument : Type.getArgumentTypes(access.siteDesc)) {
            node.instructions.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), slot));
            slot += argument.getSize();
        }
        Handle link = new Handle(Opcodes.H_INVOKESTATIC, name, "link", LINK_DESC, false);
        // A site may not be named as a constructor is.
        String site = access.kind == Kind.NEW ? "new" : access.member;
        node.instructions.add(new InvokeDynamicInsnNode(
                site, access.siteDesc, link, access.kind.name(), binary(owner), binary(access.holder)));
        node.instructions.add(new InsnNode(Type.getReturnType(access.siteDesc).getOpcode(Opcodes.IRETURN)));
        return node;
    }

    private String methodName(Kind kind, String holder, String member) {
        String of = kind == Kind.NEW ? kind.prefix : kind.prefix + "$" + member;
        // A colon is in no name that a compiler for the JVM makes, and allowed in names of methods.
        return holder.equals(owner) ? of : of + "$" + holder.replace('/', ':');
    }

    private String siteDesc(Kind kind, String holder, String desc) {
        String receiver = "L" + owner + ";";
        return switch (kind) {
            case GET_FIELD -> "(" + receiver + ")" + desc;
            case PUT_FIELD -> "(" + receiver + desc + ")V";
            case GET_STATIC -> "()" + desc;
            case PUT_STATIC -> "(" + desc + ")V";
            case INVOKE_STATIC -> desc;
            case INVOKE_SPECIAL, INVOKE_VIRTUAL -> "(" + receiver + desc.substring(1);
            case NEW -> desc.substring(0, desc.lastIndexOf(')') + 1) + "L" + holder + ";";
        };
    }

    private void check(Kind kind, String holder, boolean holderIsInterface, String member, String desc) {
        requireInternal(holder);
        boolean method = desc.startsWith("(");
        boolean constructor = member.equals("<init>");
        boolean instanceField = kind == Kind.GET_FIELD || kind == Kind.PUT_FIELD;
        boolean agree = switch (kind) {
            case GET_FIELD, PUT_FIELD, GET_STATIC, PUT_STATIC -> !method;
            case INVOKE_STATIC, INVOKE_SPECIAL, INVOKE_VIRTUAL -> method && !constructor;
            case NEW -> method && constructor && desc.endsWith(")V");
        };
        boolean toInterface = holderIsInterface || (holder.equals(owner) && ownerIsInterface);
        if (!agree || member.equals("<clinit>") || (toInterface && (instanceField || kind == Kind.NEW))) {
            throw new IllegalArgumentException("no access of kind " + kind + " to " + holder + "." + member + desc
                    + (toInterface ? ", which is an interface" : ""));
        }
    }

    private static String requireInternal(String name) {
        Objects.requireNonNull(name);
        if (name.isEmpty() || name.indexOf('.') >= 0 || name.indexOf(';') >= 0 || name.startsWith("[")) {
            throw new IllegalArgumentException("not the internal name of a class: " + name);
        }
        return name;
    }

    private static String packageOf(String internal) {
        return internal.substring(0, internal.lastIndexOf('/') + 1);
    }

    private static String binary(String internal) {
        return internal.replace('/', '.');
    }
}
