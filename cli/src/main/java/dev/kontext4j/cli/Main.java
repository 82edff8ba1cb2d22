package dev.kontext4j.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program `kontext`.
@Command(
    name = "kontext",
    description = "Edits pictures by instruction with FLUX.1 Kontext, on this machine.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    commandListHeading = "%nCommands:%n",
    subcommands = {EditCommand.class, TokensCommand.class},
    footerHeading = "%nExample:%n",
    footer = "  kontext edit photo.png -p \"make the car red\" -o red.png --model DIR")
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
    System.exit(run(commandLine(), arguments));
  }

  /// Runs a command line and returns its exit code; nothing is thrown.
  static int run(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (Error e) { // picocli hands on exceptions alone
      Main main = commandLine.getCommand();
      return Failure.of(e).report(commandLine.getErr(), main.debug);
    }
  }

  static CommandLine commandLine() {
    var main = new Main();
    var commandLine = new CommandLine(main);
    for (CommandLine command : commandLine.getSubcommands().values()) {
      command
          .getHelpSectionMap()
          .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections());
    }
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a prompt may begin with @
        .setParameterExceptionHandler((e, _) -> wrongUsage(e.getCommandLine(), message(e)))
        .setExecutionExceptionHandler((e, command, _) ->
            e instanceof UsageException usage
                ? wrongUsage(command, usage.getMessage())
                : Failure.of(e).report(command.getErr(), main.debug));
  }

  private static String message(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    return e instanceof UnmatchedArgumentException unmatched
        ? unmatched.getSuggestions().stream()
            .findFirst()
            .map(suggestion -> message + "; did you mean " + suggestion + "?")
            .orElse(message)
        : message;
  }

  private static int wrongUsage(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println("kontext: " + message);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  /// Without a command there is nothing to do but to explain.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new UsageException("a command is missing: edit or tokens");
  }
}
