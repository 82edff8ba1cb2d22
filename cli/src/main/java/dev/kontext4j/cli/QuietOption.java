package dev.kontext4j.cli;

import dev.kontext4j.cli.progress.LiveLine;
import dev.kontext4j.cli.progress.PlainLines;
import dev.kontext4j.cli.progress.RunDisplay;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// How far a command is that fetches and checks files.
final class QuietOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but what went wrong.")
  private boolean quiet;

  /// On a terminal one line that changes, else plain lines.
  RunDisplay display() {
    if (quiet) {
      return RunDisplay.SILENT;
    }
    Main main = (Main) command.root().userObject();
    return main.screen()
        .<RunDisplay>map(screen -> new LiveLine(screen, false, OptionalLong::empty))
        .orElseGet(() -> new PlainLines(command.commandLine().getErr()));
  }
}
