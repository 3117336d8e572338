package dev.hotpatch.differ.only;

/**
 * What a user selects: classes, or methods of them.
 *
 * @param text as the user wrote it
 * @param className internal name, or how internal names start
 * @param prefix whether it is how names start
 * @param method name of a method; empty for the whole class
 * @param desc descriptor of the method; empty for any
 */
public record CodePattern(String text, String className, boolean prefix, String method, String desc) {
    /**
     * Reads {@code CLASS}, {@code CLASS#METHOD} or {@code CLASS#METHOD(DESCRIPTOR)}; classes with dots or slashes, with {@code *} at the
     * end for all that start so.
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
                || (hash >= 0 && (method.isEmpty() || prefix));
        if (bad) {
            throw new IllegalArgumentException("--only " + text
                    + ": expected CLASS, CLASS* (all that start so), CLASS#METHOD or CLASS#METHOD(DESCRIPTOR)");
        }
        return new CodePattern(text, name, prefix, method, open < 0 ? "" : member.substring(open));
    }

    boolean isMethod() {
        return !method.isEmpty();
    }

    boolean matches(String internalName) {
        return prefix ? internalName.startsWith(className) : internalName.equals(className);
    }

    boolean matches(Member member) {
        return member.isMethod()
                && member.name().equals(method)
                && (desc.isEmpty() || member.desc().equals(desc));
    }
}
