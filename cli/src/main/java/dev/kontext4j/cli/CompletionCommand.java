package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext completion`
@Command(
    name = "completion",
    description = "Prints what teaches a shell to complete kontext's commands and options.",
    customSynopsis = "kontext completion bash|zsh",
    footerHeading = "%nExample:%n",
    footer = "  source <(kontext completion bash)")
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(shell.script(spec.root().commandLine()));
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }
}
