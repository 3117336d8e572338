package dev.hotpatch.nodeagent.proc;

/** Why a JVM is left alone; every code appears in the status, the journal and the metrics. */
public enum Refusal {
    ATTACH_DISABLED("attach-disabled", "it was started so that it takes no attach; preload the hook with -javaagent"),
    DYNAMIC_LOADING_DISABLED(
            "dynamic-loading-disabled", "it refuses agents that come late; preload the hook with -javaagent"),
    NO_SIGNAL_HANDLER(
            "no-signal-handler", "it does not handle SIGQUIT, which would kill it; preload the hook with -javaagent"),
    NOT_HOTSPOT("not-hotspot", "only HotSpot JVMs can be patched; this one needs a restart with the new image"),
    TMP_READ_ONLY("tmp-read-only", "mount an emptyDir on /tmp, or preload the hook with -javaagent"),
    TMP_MISSING("tmp-missing", "the image needs a directory /tmp: mount an emptyDir there, or preload the hook"),
    TMP_ESCAPES("tmp-escapes", "/tmp of the container must be a directory, not a link"),
    TMP_FULL("tmp-full", "free space in the container's /tmp"),
    MODULE_MISSING("module-missing", "its run-time was linked without the module java.instrument; add it to the image"),
    HOOK_NOT_STARTED("hook-not-started", "see the JVM's error output"),
    HOOK_REFUSED("hook-refused", "see the hook's message"),
    JVM_GONE("jvm-gone", "the process ended meanwhile; nothing to do"),
    IDENTITY_CHANGED(
            "identity-changed", "the process is no longer what it was when it was found; it is looked at again"),
    PEER_NOT_TARGET(
            "peer-not-target", "another process of that user answers on the JVM's socket; look at the container"),
    BAD_REPLY("bad-reply", "the JVM's answer is not the attach protocol; look at the container"),
    TIMEOUT("timeout", "the JVM did not answer; it is tried again later"),
    NOT_PERMITTED("not-permitted", "the node-agent needs root on the node, in the host's pid name space");

    private final String code;
    private final String advice;

    Refusal(String code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /** Whether it may be otherwise in a while, in the same JVM. */
    public boolean isPassing() {
        return this == TIMEOUT || this == TMP_FULL || this == JVM_GONE || this == IDENTITY_CHANGED;
    }

    /** The word used in status, journal and metrics. */
    public String code() {
        return code;
    }

    /** What a person can do about it. */
    public String advice() {
        return advice;
    }
}
