package dev.kontext4j.cli;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;

/// The program's commands, by name.
final class Commands {
  private static final SortedMap<String, Supplier<Object>> BY_NAME = new TreeMap<>();
  private static final Set<String> TELL_OF_ALL = Set.of("completion", "manual");

  static {
    BY_NAME.put("bench", BenchCommand::new);
    BY_NAME.put("completion", CompletionCommand::new);
    BY_NAME.put("convert", ConvertCommand::new);
    BY_NAME.put("doctor", DoctorCommand::new);
    BY_NAME.put("edit", EditCommand::new);
    BY_NAME.put("inspect", InspectCommand::new);
    BY_NAME.put("lora", LoraCommand::new);
    BY_NAME.put("manual", ManualCommand::new);
    BY_NAME.put("models", ModelsCommand::new);
    BY_NAME.put("plan", PlanCommand::new);
    BY_NAME.put("pull", PullCommand::new);
    BY_NAME.put("replay", ReplayCommand::new);
    BY_NAME.put("runtime", RuntimeCommand::new);
    BY_NAME.put("show", ShowCommand::new);
    BY_NAME.put("styles", StylesCommand::new);
    BY_NAME.put("tokens", TokensCommand::new);
  }

  private Commands() {}

  static void addAll(CommandLine program) {
    BY_NAME.forEach((name, command) -> program.addSubcommand(name, command.get()));
  }

  /// Adds the command that a command line begins with, and no other unless it has to do with all of
  /// them: each has all its options built, and together they take longer than many a command does.
  static void addFor(String[] arguments, CommandLine program) {
    String first = arguments.length == 0 ? "" : arguments[0];
    var named = BY_NAME.get(first);
    if (named == null || TELL_OF_ALL.contains(first)) {
      addAll(program);
    } else {
      program.addSubcommand(first, named.get());
    }
  }
}
