package dev.hotpatch.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hotpatch completion}: what the shell needs to complete verbs and options. */
@Command(
        name = "completion",
        description = "Print the completion script for bash and zsh; use it as: source <(hotpatch completion)")
final class CompletionCommand extends Verb {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        terminal().result(AutoComplete.bash("hotpatch", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
