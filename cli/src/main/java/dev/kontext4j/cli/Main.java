package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.Failure;
import dev.kontext4j.cli.failure.Printable;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.progress.Screen;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:failed while running or fetching",
      "  2:wrong usage",
      "  3:a picture, or a place to write to, is refused",
      "  4:the model or a LoRA is missing or damaged",
      "  5:not enough memory, or no such device",
      "130:interrupted"
    },
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExample:%n",
    footer = "  kontext edit photo.png -p \"make the car red\" -o red.png --model DIR")
public final class Main implements Runnable {
  private static final int SUGGESTIONS = 3;
  private static final Pattern CONSTANTS =
      Pattern.compile("expected one of \\[(.*?)] \\(case-insensitive\\)");

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  private final Supplier<Optional<Screen>> screen;

  private Main(Supplier<Optional<Screen>> screen) {
    this.screen = screen;
  }

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    HeadStart.take(arguments);
    System.exit(
        run(commandLine(Screen::open, program -> Commands.addFor(arguments, program)), arguments));
  }

  /// The terminal that standard error is, if it is one.
  Optional<Screen> screen() {
    return screen.get();
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

  /// For callers that have their own writers.
  static CommandLine commandLine() {
    return commandLine(Optional::empty, Commands::addAll);
  }

  private static CommandLine commandLine(
      Supplier<Optional<Screen>> screen, Consumer<CommandLine> commands) {
    var main = new Main(screen);
    var defaults = new SettledDefaults();
    var commandLine = new CommandLine(main);
    commands.accept(commandLine);
    commandLine.setDefaultValueProvider(defaults);
    groupOptions(commandLine);
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a prompt may begin with @
        .setExecutionStrategy(parsed -> executed(parsed, defaults))
        .setParameterExceptionHandler(
            (e, _) -> wrongUsage(e.getCommandLine(), message(e) + defaults.origin(e)))
        .setExecutionExceptionHandler((e, command, _) ->
            e instanceof UsageException usage
                ? wrongUsage(command, usage.getMessage())
                : Failure.of(e).report(command.getErr(), main.debug));
  }

  private static void groupOptions(CommandLine program) {
    for (CommandLine command : program.getSubcommands().values()) {
      command
          .getHelpSectionMap()
          .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OptionSections());
      groupOptions(command);
    }
  }

  private static int executed(ParseResult parsed, SettledDefaults defaults) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    if (!(command.commandSpec().userObject() instanceof DoctorCommand)) { // who tells what is wrong
      defaults.requireFor(command.commandSpec());
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static String message(ParameterException e) {
    String message =
        CONSTANTS.matcher(String.valueOf(e.getMessage())).replaceAll(Main::inSmallLetters);
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return message;
    }
    String first = unmatched.getUnmatched().getFirst();
    boolean command = e.getCommandLine().getParent() == null && !first.startsWith("-");
    return (command ? "there is no command " + first : message)
        + suggested(unmatched.getSuggestions());
  }

  /// picocli names an enum's constants as Java writes them.
  private static String inSmallLetters(MatchResult constants) {
    return "use one of " + constants.group(1).toLowerCase(Locale.ROOT);
  }

  private static String suggested(List<String> suggestions) {
    var best = suggestions.stream().limit(SUGGESTIONS).collect(Collectors.joining(" or "));
    return best.isEmpty() ? "" : "; did you mean " + best + "?";
  }

  private static int wrongUsage(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println("kontext: " + Printable.line(message));
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  /// Without a command there is nothing to do but to explain.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new UsageException("a command is missing, such as edit");
  }
}
