package dev.hotpatch.nodeagent.mirror;

/** Why a layer for which there is a delta is not given, so that the runtime pulls it from its registry. */
enum Fallback {
    BASE_MISSING("base-missing"),
    DELTA_NOT_HAD("delta-not-had"),
    /** What came of the base and the delta is not the layer, or one of the two is damaged. */
    MISMATCH("mismatch"),
    TAR_ONLY("tar-only"),
    NO_SPACE("no-space"),
    SLOW("slow"),
    ERROR("error");

    private final String code;

    Fallback(String code) {
        this.code = code;
    }

    /** For metrics and logs. */
    String code() {
        return code;
    }
}
