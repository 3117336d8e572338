package dev.hotpatch.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all verbs have in common. */
abstract class Verb implements Callable<Integer> {
    @Option(
            names = "--json",
            description = "Print the result, or the error, as one JSON object with a versioned schema.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more on stderr; print stack traces of errors.")
    boolean verbose;

    private Terminal terminal = Terminal.system();

    final Terminal terminal() {
        return terminal;
    }

    final void useTerminal(Terminal replacement) {
        terminal = replacement;
    }

    final void detail(String text) {
        if (verbose) {
            terminal.log(text);
        }
    }
}
