package dev.hotpatch.systemtests.corpus;

import dev.hotpatch.nodeagent.hook.HookState;
import java.util.List;

/**
 * What one JVM made of a live unit.
 *
 * @param feature the JVM's release of Java
 * @param loaded classes of the old jar that were loaded before the patch came
 * @param unloadable classes of the old jar that cannot be loaded there, patch or no patch
 * @param redefined classes that ran the patch's code after it was applied
 * @param linked classes of the patch that the verifier has passed
 * @param excused classes of the patch that could not be linked, and cannot in the real new version either
 * @param broken classes of the patch that could not be linked, and can in the real new version
 * @param problem the first thing that went wrong; empty if all went well
 */
record JvmResult(
        int feature,
        int loaded,
        List<Failure> unloadable,
        int redefined,
        int linked,
        List<Failure> excused,
        List<Failure> broken,
        String problem) {
    JvmResult {
        unloadable = List.copyOf(unloadable);
        excused = List.copyOf(excused);
        broken = List.copyOf(broken);
    }

    /** A JVM that could not even be asked. */
    static JvmResult failed(int feature, String problem) {
        return new JvmResult(feature, 0, List.of(), 0, 0, List.of(), List.of(), problem);
    }

    boolean isGood() {
        return problem.isEmpty() && broken.isEmpty();
    }

    /** A result in the making; for one thread. */
    static final class Draft {
        private final int feature;
        private int loaded;
        private List<Failure> unloadable = List.of();
        private int redefined;
        private int linked;
        private List<Failure> excused = List.of();
        private List<Failure> broken = List.of();
        private String problem = "";
        private int leftOut;
        private String leftOutText = "";

        Draft(int feature) {
            this.feature = feature;
        }

        void loaded(ClassChild.Outcome outcome) {
            loaded = outcome.fine().size();
            unloadable = outcome.failed();
            if (loaded == 0) {
                problem = "no class of the old version was loaded from its jar";
            }
        }

        /** Whether it went well; {@code expected} classes must run the patch's code. */
        boolean applied(HookState state, int expected) {
            redefined = state.loaded();
            leftOut = state.skipped();
            leftOutText = state.message();
            return check("apply", state, expected) && isActive("apply", state, true);
        }

        /** {@code unlinkable} classes that were to be redefined do not link, and may have been left out for that. */
        void linked(int fine, int unlinkable, List<Failure> known, List<Failure> wrong) {
            linked = fine;
            excused = known;
            broken = wrong;
            if (!wrong.isEmpty()) {
                problem = wrong.size() + " classes of the patch cannot be linked, first "
                        + wrong.get(0).name() + ": " + wrong.get(0).cause();
            } else if (leftOut > unlinkable) {
                problem = "apply: the hook left out " + leftOut + " classes, of which " + unlinkable + " do not link: "
                        + leftOutText;
            }
        }

        /** Whether it went well; at least {@code expected} classes must have been put back. */
        boolean rolledBack(HookState state, int expected) {
            return check("rollback", state, expected) && isActive("rollback", state, false);
        }

        boolean appliedAgain(HookState state, int expected) {
            return check("second apply", state, expected) && isActive("second apply", state, true);
        }

        private boolean check(String what, HookState state, int expected) {
            if (state.phase() != HookState.Phase.DONE || !state.code().equals("ok")) {
                return fail(what + ": " + state.code() + ": " + state.message());
            }
            if (state.skipped() > leftOut) {
                return fail(what + ": the hook left out " + state.skipped() + " classes: " + state.message());
            }
            // More than were loaded before are fine: linking has loaded others.
            return state.loaded() >= expected - leftOut
                    || fail(what + ": the hook counts " + state.loaded() + " classes, " + expected + " are loaded");
        }

        private boolean isActive(String what, HookState state, boolean expected) {
            return state.active().isEmpty() != expected
                    || fail(what + ": the active patch is \"" + state.active() + "\"");
        }

        private boolean fail(String text) {
            if (problem.isEmpty()) {
                problem = text;
            }
            return false;
        }

        JvmResult result() {
            return new JvmResult(feature, loaded, unloadable, redefined, linked, excused, broken, problem);
        }
    }
}
