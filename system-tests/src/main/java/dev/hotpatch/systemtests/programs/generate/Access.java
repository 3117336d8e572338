package dev.hotpatch.systemtests.programs.generate;

import java.util.Locale;

/** Who may use a member, from few to many. */
enum Access {
    PRIVATE,
    PACKAGE,
    PROTECTED,
    PUBLIC;

    String keyword() {
        return this == PACKAGE ? "" : name().toLowerCase(Locale.ROOT) + " ";
    }
}
