package dev.hotpatch.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the {@code hotpatch} command. */
@Command(
        name = "hotpatch",
        description = "Live patches for Java services in containers, delivered through the registry.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {})
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Terminal.system(), arguments));
    }

    static int run(Terminal terminal, String... arguments) {
        return new CommandLine(new Main()).execute(arguments);
    }
}
