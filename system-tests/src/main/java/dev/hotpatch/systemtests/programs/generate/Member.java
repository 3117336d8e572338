package dev.hotpatch.systemtests.programs.generate;

/** A field, method or constructor; edits change it. Compared by identity. */
abstract sealed class Member permits Field, Method {
    final Type owner;
    String name;
    Access access;
    boolean isStatic;
    boolean isFinal;

    Member(Type owner, String name, Access access) {
        this.owner = owner;
        this.name = name;
        this.access = access;
    }

    /**
     * Whether code of {@code from} may name this.
     *
     * @param inherited whether it is named as a member that {@code from} has or inherits
     */
    boolean isVisibleFrom(Type from, boolean inherited) {
        return switch (access) {
            case PRIVATE -> owner.top() == from.top();
            case PACKAGE -> owner.pack.equals(from.pack) && (!inherited || from.inheritsWithinPackage(owner));
            case PROTECTED -> owner.pack.equals(from.pack) || inherited;
            case PUBLIC -> true;
        };
    }
}
