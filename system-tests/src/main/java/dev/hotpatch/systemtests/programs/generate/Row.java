package dev.hotpatch.systemtests.programs.generate;

import java.util.List;

/** The rows of the lift table, each with the reasons with which a change of its kind may be blocked. */
public enum Row {
    CHANGED_BODY,
    ADDED_PRIVATE_METHOD,
    ADDED_STATIC_METHOD,
    ADDED_VIRTUAL_METHOD,
    ADDED_OVERRIDE,
    ADDED_OVERRIDE_OF_OUTSIDE("overrides-outside"),
    ADDED_DEFAULT_METHOD,
    ADDED_STATIC_FIELD,
    ADDED_INSTANCE_FIELD,
    ADDED_CONSTRUCTOR,
    REMOVED_METHOD,
    REMOVED_FIELD,
    REMOVED_CONSTRUCTOR,
    CHANGED_CONSTANT,
    WIDENED_ACCESS,
    NARROWED_ACCESS,
    CHANGED_FINALITY,
    CHANGED_FIELD_TYPE,
    CHANGED_FIELD_STATICNESS,
    CHANGED_METHOD_STATICNESS,
    CHANGED_SIGNATURE,
    NEW_CLASS,
    NEW_NESTED_CLASS,
    NEW_LOCAL_OR_ANONYMOUS_CLASS,
    INSERTED_LAMBDA,
    ENUM_SWITCH,
    NEW_ENUM_CONSTANT,
    REMOVED_INTERFACE,
    ADDED_INTERFACE,
    ADDED_TOGETHER,
    ADDED_OBJECT_FIELD,
    ADDED_STATIC_OBJECT_FIELD,
    CHANGED_STATIC_INITIALISER,
    ADDED_INTERFACE_METHOD,
    OVERRIDDEN_FINAL_METHOD,
    CHANGED_CLASS_MODIFIERS("modifiers-changed", "lift-failed", "hierarchy"),
    REORDERED_MEMBERS,
    REMOVED_CLASS,
    NEW_TYPE,
    CLASS_BELOW_FINAL_ONE("hierarchy"),
    PERMITTED_SUBCLASS("sealed-changed", "lift-failed"),
    ADDED_INTERFACE_OF_OUTSIDE("interface-used-outside"),
    CHANGED_SUPER_CLASS("hierarchy"),
    RECORD_COMPONENT("hierarchy", "record-changed");

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
    private final List<String> mayBeBlockedBy;

    Row(String... mayBeBlockedBy) {
        this.mayBeBlockedBy = List.of(mayBeBlockedBy);
    }

    /** Codes of reasons; a change of this kind that is blocked by another one is a failure. */
    public List<String> mayBeBlockedBy() {
        return mayBeBlockedBy;
    }

    /** Whether what exists already may rightly keep what the old version gave it. */
    boolean changesState() {
        return switch (this) {
            case ADDED_INSTANCE_FIELD,
                    ADDED_CONSTRUCTOR,
                    CHANGED_FIELD_TYPE,
                    CHANGED_FIELD_STATICNESS,
                    RECORD_COMPONENT,
                    CHANGED_SUPER_CLASS,
                    REMOVED_CONSTRUCTOR,
                    CHANGED_CONSTANT,
                    CHANGED_FINALITY,
                    ADDED_TOGETHER,
                    ADDED_OBJECT_FIELD,
                    REMOVED_CLASS -> true;
            default -> false;
        };
    }
}
