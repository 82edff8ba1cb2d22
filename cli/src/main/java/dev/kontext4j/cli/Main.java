package dev.kontext4j.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The program `kontext`.
@Command(
    name = "kontext",
    description = "Edits pictures by instruction with FLUX.1 Kontext, on this machine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {EditCommand.class, TokensCommand.class},
    footer = {
      "",
      "Example:",
      "  kontext edit photo.png -p \"make the car red\" -o red.png --model DIR"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  private Main() {}

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(arguments));
  }

  /// Runs a command line and returns its exit code.
  static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    var main = new Main();
    return new CommandLine(main)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, _) -> wrongUsage(e))
        .setExecutionExceptionHandler(
            (e, command, _) -> Failure.of(e).report(command.getErr(), main.debug));
  }

  private static int wrongUsage(ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("kontext: " + e.getMessage());
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  /// Without a command there is nothing to do but to explain.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: edit or tokens");
  }
}
