package dev.hotpatch.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Entry point of the {@code hotpatch} command. */
@Command(
        name = "hotpatch",
        description = "Live patches for Java services in containers, delivered through the registry.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:error",
            "2:wrong usage",
            "3:not authorised by the registry",
            "4:not found",
            "5:verification failed",
            "6:cannot go live, restart needed",
            "7:rolled back",
            "8:inconclusive"
        },
        subcommands = {
            BuildCommand.class,
            ExplainCommand.class,
            KeyCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            PushCommand.class,
            PullCommand.class,
            RestoreCommand.class,
            CatalogueCommand.class,
            NodeCommand.class,
            MirrorCommand.class,
            CompletionCommand.class
        })
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Terminal.system(), arguments));
    }

    /** Runs one command line and gives its exit code. */
    static int run(Terminal terminal, String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler(Main::fail);
        commandLine.setExecutionStrategy(parsed -> {
            hand(terminal, parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        return commandLine.execute(arguments);
    }

    private static void hand(Terminal terminal, ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (command.getCommand() instanceof Verb verb) {
                verb.useTerminal(terminal);
            }
        }
    }

    private static int fail(Exception thrown, CommandLine command, ParseResult parsed) {
        Failure failure = Failure.of(thrown);
        if (!(command.getCommand() instanceof Verb verb)) {
            throw new IllegalStateException(thrown);
        }
        Terminal terminal = verb.terminal();
        if (verb.verbose) {
            terminal.stackTrace(thrown);
        }
        terminal.error(failure.message());
        if (verb.json) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("exitCode", failure.exitCode());
            json.put("reason", failure.reason());
            json.put("message", failure.message());
            terminal.json("Error", json);
        }
        return failure.exitCode();
    }
}
