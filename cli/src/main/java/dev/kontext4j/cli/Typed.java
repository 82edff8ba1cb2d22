package dev.kontext4j.cli;

import picocli.CommandLine.Model.CommandSpec;

/// Tells options of this command line from those that have a settled default: only the former were
/// meant for this very run.
final class Typed {
  private Typed() {}

  static boolean on(CommandSpec command, String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
