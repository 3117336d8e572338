package dev.hotpatch.patchformat.plan;

import java.util.Locale;

/** What a plan comes to. */
public enum Verdict {
    LIVE,
    LIVE_WITH_WARNINGS,
    RESTART,
    IDENTICAL;

    /** The word in JSON: {@code live-with-warnings}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True if a live unit is made for it. */
    public boolean isLive() {
        return this == LIVE || this == LIVE_WITH_WARNINGS;
    }
}
