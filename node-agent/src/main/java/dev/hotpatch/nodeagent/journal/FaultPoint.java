package dev.hotpatch.nodeagent.journal;

/**
 * Where tests end the agent as {@code kill -9} would: right after a state is on disk and before anything follows. Outside tests
 * it is {@link #NONE}.
 */
@FunctionalInterface
public interface FaultPoint {
    /** Never ends anything. */
    FaultPoint NONE = state -> {};

    void reached(ApplyState state);

    /**
     * Ends this program with 137 when the state named by the system property {@code hotpatch.haltAfter} is reached; {@link
     * #NONE} if the property is not set. For system tests only.
     */
    static FaultPoint fromSystemProperty() {
        String name = System.getProperty("hotpatch.haltAfter");
        if (name == null) {
            return NONE;
        }
        ApplyState at = ApplyState.valueOf(name);
        return state -> {
            if (state == at) {
                Runtime.getRuntime().halt(137);
            }
        };
    }
}
