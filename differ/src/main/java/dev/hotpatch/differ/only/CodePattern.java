package dev.hotpatch.differ.only;

import org.objectweb.asm.Type;

/**
 * What a user selects: classes, or methods of them.
 *
 * @param text as the user wrote it
 * @param className internal name, or how internal names start
 * @param prefix whether it is how names start
 * @param method name of a method; empty for the whole class
 * @param parameters what the method takes, from the parenthesis on; empty for any
 */
public record CodePattern(String text, String className, boolean prefix, String method, String parameters) {
    /**
     * Reads {@code CLASS}, {@code CLASS#METHOD} or {@code CLASS#METHOD(PARAMETERS)}; classes with dots or slashes, nested ones with a dot
     * or a dollar sign, with {@code *} at the end for all that start so; parameters as Java writes them, with or without packages, or as a
     * descriptor.
     *
     * @throws IllegalArgumentException if it is none of these; the message is for the user
     */
    public static CodePattern parse(String text) {
        int hash = text.indexOf('#');
        String type = (hash < 0 ? text : text.substring(0, hash)).replace('.', '/');
        boolean prefix = type.endsWith("*");
        String name = prefix ? type.substring(0, type.length() - 1) : type;
        String member = hash < 0 ? "" : text.substring(hash + 1);
        int open = member.indexOf('(');
        String method = open < 0 ? member : member.substring(0, open);
        boolean bad = type.isEmpty()
                || name.indexOf('*') >= 0
                || text.length() > 4096
                || text.chars().anyMatch(Character::isISOControl)
                || (hash >= 0 && (method.isEmpty() || prefix))
                || (open >= 0 && member.indexOf(')') < open);
        if (bad) {
            throw new IllegalArgumentException("--only " + text
                    + ": expected CLASS, CLASS* (all that start so), CLASS#METHOD or CLASS#METHOD(PARAMETERS)");
        }
        return new CodePattern(text, name, prefix, method, open < 0 ? "" : member.substring(open));
    }

    boolean isMethod() {
        return !method.isEmpty();
    }

    boolean matches(String internalName) {
        String name = internalName.replace('$', '/');
        String wanted = className.replace('$', '/');
        return prefix ? name.startsWith(wanted) : name.equals(wanted);
    }

    boolean matches(Member member) {
        return member.isMethod() && member.name().equals(method) && takes(member.desc());
    }

    /** True for no parameters named, for a descriptor with or without its result, and for types as Java writes them. */
    private boolean takes(String desc) {
        if (parameters.isEmpty() || desc.equals(parameters)) {
            return true;
        }
        if (!parameters.endsWith(")")) {
            return false;
        }
        Type[] types = Type.getArgumentTypes(desc);
        String inside = parameters.substring(1, parameters.length() - 1).strip();
        String[] named = inside.isEmpty() ? new String[0] : inside.split(",", -1);
        if (desc.startsWith(parameters)) {
            return true;
        }
        boolean same = named.length == types.length;
        for (int i = 0; same && i < types.length; i++) {
            String wanted =
                    named[i].strip().replace("...", "[]").replace('/', '.').replace('$', '.');
            String type = types[i].getClassName().replace('$', '.');
            same = type.equals(wanted) || type.endsWith("." + wanted);
        }
        return same;
    }
}
