package dev.hotpatch.nodeagent.agent;

import dev.hotpatch.nodeagent.attach.AttachException;
import dev.hotpatch.nodeagent.hook.HookAccess;
import dev.hotpatch.nodeagent.hook.HookSession;
import dev.hotpatch.nodeagent.hook.HookState;
import dev.hotpatch.nodeagent.journal.ApplyState;
import dev.hotpatch.nodeagent.journal.Journal;
import dev.hotpatch.nodeagent.journal.JournalRecord;
import dev.hotpatch.nodeagent.journal.StateDirectory;
import dev.hotpatch.nodeagent.proc.JvmProcess;
import dev.hotpatch.nodeagent.proc.Refusal;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.live.LiveUnitException;
import dev.hotpatch.patchformat.oci.Digest;
import dev.hotpatch.patchformat.oci.DigestMismatchException;
import dev.hotpatch.patchformat.trust.VerificationException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one patch in one JVM, each written down before the next. Every step may be done again: files in /tmp are used
 * again or replaced, and the hook answers a patch that is in force with just that. So a killed agent simply begins
 * again. For any number of threads with different JVMs.
 */
final class JvmPatcher {
    /** Code of a failure that has nothing to do with the JVM, such as a registry that does not answer. */
    static final String IO_ERROR = "io-error";

    /** What the code of a patch that does not verify begins with; the reason follows. */
    static final String UNVERIFIED = "unverified-";

    private final HookAccess access;
    private final StateDirectory state;
    private final PatchCache patches;
    private final AgentLog log;

    JvmPatcher(HookAccess access, StateDirectory state, PatchCache patches, AgentLog log) {
        this.access = access;
        this.state = state;
        this.patches = patches;
        this.log = log;
    }

    /** Brings the patch into force, from whatever state the journal shows. */
    void apply(Target target, JvmProcess process, PatchCandidate candidate) throws IOException {
        Work work = new Work(target, candidate.digest());
        work.run(() -> {
            LivePatch patch = patches.get(candidate, () -> work.record(ApplyState.PULLED, ""));
            work.record(ApplyState.VERIFIED, patch.identity().hex());
            try (HookSession session = access.open(process)) {
                HookState reached = put(work, session, patch);
                work.seen(reached);
                if (reached.phase() != HookState.Phase.DONE
                        || !reached.active().equals(patch.identity().hex())) {
                    work.fail(codeOf(reached), "the hook says: " + reached.message());
                    return;
                }
                work.record(ApplyState.APPLIED, summary(reached));
                log.applied(work.micros());
                observe(work, session, patch.identity().hex());
            }
        });
    }

    private HookState put(Work work, HookSession session, LivePatch patch) throws IOException, InterruptedException {
        session.stageHook();
        String path = session.stageLiveUnit(patch.liveZip());
        try {
            work.record(ApplyState.STAGED, path);
            session.startListener();
            work.record(ApplyState.ATTACHED, path);
            return session.apply(path, patch.liveDigest());
        } finally {
            session.unstage(path);
        }
    }

    /** Asks the hook again whether the patch is in force and no thread runs old code any more. */
    void observe(Target target, JvmProcess process, Journal journal) throws IOException {
        Work work = new Work(target, journal);
        work.run(() -> {
            try (HookSession session = access.open(process)) {
                observe(work, session, identityIn(journal).orElse(""));
            }
        });
    }

    private static void observe(Work work, HookSession session, String identity)
            throws IOException, InterruptedException {
        HookState now = session.status();
        work.seen(now);
        if (!now.active().equals(identity)) {
            work.fail("not-in-force", "the hook has '" + now.active() + "' in force");
        } else if (now.isConverged()) {
            work.record(ApplyState.OBSERVED, summary(now));
        }
    }

    /** Takes the patch out if it is in, and writes down that it is not in any more. */
    void rollBack(Target target, JvmProcess process, Journal journal, String why) throws IOException {
        Work work = new Work(target, journal);
        work.run(() -> {
            try (HookSession session = access.open(process)) {
                session.stageHook();
                HookState now = session.status();
                Optional<String> identity = identityIn(journal);
                boolean inForce = !now.active().isEmpty() && now.active().equals(identity.orElse(now.active()));
                HookState after = inForce ? session.rollback() : now;
                work.seen(after);
                if (after.phase() != HookState.Phase.DONE
                        || (inForce && !after.active().isEmpty())) {
                    work.fail(codeOf(after), "could not be rolled back, the hook says: " + after.message());
                } else {
                    work.record(ApplyState.ROLLED_BACK, why);
                }
            }
        });
    }

    /** Writes down that a patch cannot be applied to this JVM, without touching it. */
    void refuse(Target target, Digest patch, Refusal reason, String message) throws IOException {
        new Work(target, patch).fail(reason.code(), message + ": " + reason.advice());
    }

    /** The identity of the live unit, which is written down when it is verified. */
    private static Optional<String> identityIn(Journal journal) {
        return journal.records().stream()
                .filter(record -> record.state() == ApplyState.VERIFIED)
                .reduce((first, second) -> second)
                .map(JournalRecord::detail);
    }

    private static String codeOf(HookState state) {
        String code = state.code().toLowerCase(Locale.ROOT).replace('.', '-');
        return state.phase() == HookState.Phase.DONE || code.isEmpty() ? "not-in-force" : "hook-" + code;
    }

    private static String summary(HookState state) {
        return "loaded=" + state.loaded() + " pending=" + state.pending() + " defined=" + state.defined() + " skipped="
                + state.skipped() + " preflight=" + state.preflightMicros() + "us apply=" + state.applyMicros()
                + "us drain=" + state.drain()
                + (state.isConverged() ? "" : " threads=" + state.drainThreads())
                + (state.message().isEmpty() ? "" : " message=" + state.message());
    }

    @FunctionalInterface
    private interface Steps {
        void run() throws IOException, InterruptedException, VerificationException;
    }

    /** One piece of work on one JVM: its journal, its clock, and how its failures are written down. */
    private final class Work {
        private final Target target;
        private final Journal journal;
        private final long begin = System.nanoTime();

        Work(Target target, Digest patch) throws IOException {
            this(target, state.journal(target.key(), patch));
        }

        Work(Target target, Journal journal) {
            this.target = target;
            this.journal = journal;
        }

        void run(Steps steps) throws IOException {
            try {
                steps.run();
            } catch (AttachException e) {
                fail(e.reason().code(), e.getMessage());
            } catch (VerificationException e) {
                fail(UNVERIFIED + e.reason().word(), e.getMessage());
            } catch (DigestMismatchException e) {
                fail(UNVERIFIED + VerificationException.Reason.TAMPERED.word(), e.getMessage());
            } catch (LiveUnitException | JsonException e) {
                fail(UNVERIFIED + VerificationException.Reason.MALFORMED.word(), e.getMessage());
            } catch (StoppedException e) {
                throw e;
            } catch (IOException e) {
                fail(IO_ERROR, e.toString());
            } catch (InterruptedException e) {
                // The agent ends; the journal says where it was.
                Thread.currentThread().interrupt();
            }
        }

        /** Also the place where the kill switch is looked at: nothing follows a record when it is thrown. */
        void record(ApplyState reached, String detail) throws IOException {
            note(reached, "ok", detail);
            if (state.isStopped() && !reached.isFinal()) {
                throw new StoppedException();
            }
        }

        void fail(String code, @Nullable String detail) throws IOException {
            note(ApplyState.FAILED, code, detail == null ? "" : detail);
        }

        void seen(HookState hook) {
            log.seen(target.key(), hook);
        }

        long micros() {
            return (System.nanoTime() - begin) / 1000;
        }

        private void note(ApplyState reached, String code, String detail) throws IOException {
            journal.record(reached, code, detail);
            log.event(new AgentEvent(target.where(), journal.patch(), reached, code, detail, micros()));
        }
    }
}
