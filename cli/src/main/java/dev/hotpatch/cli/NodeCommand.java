package dev.hotpatch.cli;

import dev.hotpatch.nodeagent.control.ControlClient;
import dev.hotpatch.patchformat.json.JsonException;
import dev.hotpatch.patchformat.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            NodeCommand.RollBack.class
        },
        synopsisSubcommandLabel = "run | status | apply | rollback")
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
                    "%-11s %7d  %s  %s%s%s",
                    jvm.optionalString("state", MAX_TEXT).orElse("-"),
                    jvm.number("pid", 0, Integer.MAX_VALUE),
                    jvm.string("where", MAX_TEXT),
                    jvm.optionalString("patch", MAX_TEXT).orElse("no patch"),
                    jvm.optionalString("code", MAX_TEXT)
                            .map(code -> "  " + code)
                            .orElse(""),
                    detail.isEmpty() ? "" : ": " + detail);
        }

        /** How many JVMs are in one of these states. */
        static long count(JsonObject answer, String... states) throws JsonException {
            long count = 0;
            for (JsonObject jvm : answer.objects("jvms", MAX_JVMS)) {
                String state = jvm.optionalString("state", MAX_TEXT).orElse("");
                count += List.of(states).contains(state) ? 1 : 0;
            }
            return count;
        }
    }

    /** {@code hotpatch node status}. */
    @Command(name = "status", description = "Show the JVMs of this node and the patches in them.")
    static final class Status extends Asking {
        @Override
        public Integer call() throws IOException {
            report(ask("status", Optional.empty()));
            return ExitCode.OK;
        }
    }

    /** {@code hotpatch node apply}. */
    @Command(
            name = "apply",
            description = {
                "Look for patches now and apply them; also those that were rolled back, if named, or that failed before.",
                "Exit code 0 if every JVM that a patch concerns runs it, 6 if one cannot be patched, 8 if one is not done yet."
            })
    static final class Apply extends Asking {
        @Parameters(arity = "0..1", paramLabel = "PATCH", description = "Digest of a patch, or REPO@DIGEST.")
        private String patch = "";

        @Override
        public Integer call() throws IOException {
            JsonObject answer = ask("apply", Optional.of(patch).filter(text -> !text.isEmpty()));
            report(answer);
            if (count(answer, "FAILED") > 0) {
                return ExitCode.CANNOT_GO_LIVE;
            }
            return count(answer, "PULLED", "VERIFIED", "STAGED", "ATTACHED") > 0 ? ExitCode.INCONCLUSIVE : ExitCode.OK;
        }
    }

    /** {@code hotpatch node rollback}. */
    @Command(
            name = "rollback",
            description = {
                "Take a patch, or all, out of the JVMs of this node; it stays out until it is applied by name.",
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
            JsonObject answer = ask("rollback", Optional.of(patch).filter(text -> !text.isEmpty()));
            report(answer);
            return count(answer, "APPLIED", "OBSERVED", "ATTACHED") > 0 ? ExitCode.INCONCLUSIVE : ExitCode.ROLLED_BACK;
        }
    }
}
