package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.control.ControlClient;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hotpatch node}. */
@Command(
        name = "node",
        description = "Patch the JVMs of this node.",
        subcommands = {
            NodeRunCommand.class,
            NodeCommand.Status.class,
            NodeCommand.Apply.class,
            NodeCommand.RollBack.class,
            PrefetchCommand.class,
            HostsTomlCommand.class
        },
        synopsisSubcommandLabel = "run | status | apply | rollback | prefetch | hosts-toml")
final class NodeCommand {
    static final String STATE_DIRECTORY = "/var/lib/hotpatch";

    private static final int MAX_JVMS = 100_000;
    private static final int MAX_TEXT = 64 * 1024;

    /** A verb that asks the agent which runs here. */
    abstract static class Asking extends Verb {
        @Option(
                names = "--state",
                paramLabel = "DIR",
                defaultValue = STATE_DIRECTORY,
                description = "The state directory of the agent; default: ${DEFAULT-VALUE}.")
        private Path state = Path.of(STATE_DIRECTORY);

        final JsonObject ask(String command, Optional<String> patch) throws IOException {
            return new ControlClient(state).call(command, patch.map(Asking::digest));
        }

        /** A patch is named by its digest, or as {@code repository@digest}. */
        private static String digest(String text) {
            return text.substring(text.lastIndexOf('@') + 1);
        }

        final void report(JsonObject answer) throws JsonException {
            List<JsonObject> jvms = answer.objects("jvms", MAX_JVMS);
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>(answer.toMap());
                result.remove("apiVersion");
                result.remove("ok");
                terminal().json("NodeStatus", result);
                return;
            }
            answer.optionalString("trouble", MAX_TEXT)
                    .ifPresent(trouble -> terminal().log("trouble: " + trouble));
            for (JsonObject jvm : jvms) {
                terminal().result(line(jvm));
            }
        }

        private static String line(JsonObject jvm) throws JsonException {
            String detail = jvm.optionalString("detail", MAX_TEXT).orElse("");
            return String.format(
                    java.util.Locale.ROOT,
                    "%-11s %7d  %s  %s%s%s%s",
                    jvm.optionalString("state", MAX_TEXT).orElse("-"),
                    jvm.number("pid", 0, Integer.MAX_VALUE),
                    jvm.string("where", MAX_TEXT),
                    jvm.optionalString("patch", MAX_TEXT).orElse("no patch"),
                    jvm.optionalString("code", MAX_TEXT)
                            .map(code -> "  " + code)
                            .orElse(""),
                    detail.isEmpty() ? "" : ": " + detail,
                    draining(jvm));
        }

        /** Which threads may still run replaced code; empty if none does. */
        private static String draining(JsonObject jvm) throws JsonException {
            Optional<JsonObject> hook = jvm.optionalObject("hook");
            if (hook.isEmpty() || converged(List.of(jvm))) {
                return "";
            }
            return "; draining " + hook.get().number("drain", 0, Integer.MAX_VALUE) + ": "
                    + hook.get().string("drainThreads", MAX_TEXT);
        }

        /** Whether no thread runs code any more that a patch replaced; the agent asks that of patches that it has applied. */
        static boolean converged(List<JsonObject> jvms) throws JsonException {
            for (JsonObject jvm : jvms) {
                Optional<JsonObject> hook = jvm.optionalObject("hook");
                if (any(List.of(jvm), "state", "APPLIED")
                        && hook.isPresent()
                        && !hook.get().bool("converged", true)) {
                    return false;
                }
            }
            return true;
        }

        /** The JVMs of an answer that a patch concerns; all if none is named. */
        static List<JsonObject> concerned(JsonObject answer, Optional<String> patch) throws JsonException {
            List<JsonObject> concerned = new ArrayList<>();
            for (JsonObject jvm : answer.objects("jvms", MAX_JVMS)) {
                if (patch.isEmpty() || jvm.optionalString("patch", MAX_TEXT).equals(patch.map(Asking::digest))) {
                    concerned.add(jvm);
                }
            }
            return concerned;
        }

        /** Whether a field of one of the JVMs begins with one of these words. */
        static boolean any(List<JsonObject> jvms, String field, String... words) throws JsonException {
            for (JsonObject jvm : jvms) {
                String value = jvm.optionalString(field, MAX_TEXT).orElse("");
                if (List.of(words).stream().anyMatch(value::startsWith)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** {@code hotpatch node status}. */
    @Command(
            name = "status",
            description = {
                "Show the JVMs of this node and the patches in them.",
                "Exit code 8 if --wait is given and a thread still runs replaced code at its end."
            })
    static final class Status extends Asking {
        private static final long POLL_MILLIS = 500;
        private static final int MAX_WAIT = 86_400;

        @Option(
                names = "--wait",
                paramLabel = "SECONDS",
                description =
                        "Wait at most so long until the patches have converged: no thread runs code that they replaced.")
        private int wait;

        @Override
        public Integer call() throws IOException {
            JsonObject answer = ask("status", Optional.empty());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.min(wait, MAX_WAIT));
            while (!converged(concerned(answer, Optional.empty())) && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
                answer = ask("observe", Optional.empty());
            }
            report(answer);
            boolean late = wait > 0 && !converged(concerned(answer, Optional.empty()));
            return late ? ExitCode.INCONCLUSIVE : ExitCode.OK;
        }
    }

    /** {@code hotpatch node apply}. */
    @Command(
            name = "apply",
            description = {
                "Look for patches now and apply them; also those that were rolled back, if named, or that failed before.",
                "Exit code 0 if every JVM that it concerns runs it, 5 if it does not verify, 6 if a JVM cannot be patched,",
                "8 if one is not done yet."
            })
    static final class Apply extends Asking {
        @Parameters(arity = "0..1", paramLabel = "PATCH", description = "Digest of a patch, or REPO@DIGEST.")
        private String patch = "";

        @Override
        public Integer call() throws IOException {
            Optional<String> named = Optional.of(patch).filter(text -> !text.isEmpty());
            JsonObject answer = ask("apply", named);
            report(answer);
            List<JsonObject> jvms = concerned(answer, named);
            if (any(jvms, "code", "unverified-")) {
                return ExitCode.VERIFICATION_FAILED;
            }
            if (any(jvms, "state", "FAILED")) {
                return ExitCode.CANNOT_GO_LIVE;
            }
            return any(jvms, "state", "PULLED", "VERIFIED", "STAGED", "ATTACHED") ? ExitCode.INCONCLUSIVE : ExitCode.OK;
        }
    }

    /** {@code hotpatch node rollback}. */
    @Command(
            name = "rollback",
            description = {
                "Take a patch, or all, out of the JVMs of this node; it stays out until it is applied by name. When one is named",
                "and the registry lists another for the image, such as the one before, that takes its place in one step.",
                "Exit code 7 when it is out, 8 if one JVM is not done yet."
            })
    static final class RollBack extends Asking {
        @Parameters(
                arity = "0..1",
                paramLabel = "PATCH",
                description = "Digest of a patch, or REPO@DIGEST; default: all.")
        private String patch = "";

        @Override
        public Integer call() throws IOException {
            Optional<String> named = Optional.of(patch).filter(text -> !text.isEmpty());
            JsonObject answer = ask("rollback", named);
            report(answer);
            return any(concerned(answer, named), "state", "APPLIED", "OBSERVED", "ATTACHED")
                    ? ExitCode.INCONCLUSIVE
                    : ExitCode.ROLLED_BACK;
        }
    }
}
