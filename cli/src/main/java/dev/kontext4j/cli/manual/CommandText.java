package dev.kontext4j.cli.manual;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What a command's definition says of it, for any form of manual.
///
/// @param name with the program's before it
/// @param parameters and options: by their names, what each is
/// @param options by the sections of the command's help
/// @param exitCodes by their numbers
public record CommandText(
    String name,
    String synopsis,
    String description,
    Map<String, String> parameters,
    Map<String, Map<String, String>> options,
    Map<String, String> exitCodes,
    List<String> example,
    List<CommandText> commands) {
  /// That of a command and of all below it that are not hidden.
  public static CommandText of(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    var usage = spec.usageMessage();
    return new CommandText(
        spec.qualifiedName(),
        synopsis(command),
        text(usage.description()),
        parameters(spec),
        options(spec),
        exitCodes(usage.exitCodeList()),
        List.of(usage.footer()),
        command.getSubcommands().values().stream()
            .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
            .map(CommandText::of)
            .toList());
  }

  /// This and, in order, all commands below.
  public List<CommandText> withAllBelow() {
    return Stream.concat(
            Stream.of(this), commands.stream().flatMap(sub -> sub.withAllBelow().stream()))
        .toList();
  }

  private static String synopsis(CommandLine command) {
    String[] own = command.getCommandSpec().usageMessage().customSynopsis();
    return own.length > 0 ? text(own) : command.getHelp().synopsis(0).strip();
  }

  private static Map<String, String> parameters(CommandSpec spec) {
    var parameters = new LinkedHashMap<String, String>();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      parameters.put(parameter.paramLabel(), text(parameter));
    }
    return parameters;
  }

  private static Map<String, Map<String, String>> options(CommandSpec spec) {
    var sections = new LinkedHashMap<String, Map<String, String>>();
    OptionGroups.of(spec).forEach((name, options) -> sections.put(name, texts(options)));
    return sections;
  }

  private static Map<String, String> texts(List<OptionSpec> options) {
    var texts = new LinkedHashMap<String, String>();
    for (OptionSpec option : options) {
      if (!option.hidden()) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        texts.put(String.join(", ", option.names()) + value, text(option));
      }
    }
    return texts;
  }

  private static Map<String, String> exitCodes(Map<String, String> list) {
    var codes = new LinkedHashMap<String, String>();
    list.forEach((code, meaning) -> codes.put(code.strip(), meaning));
    return codes;
  }

  private static String text(ArgSpec argument) {
    String builtIn = argument.defaultValue() == null ? "" : argument.defaultValue();
    return text(argument.description()).replace("${DEFAULT-VALUE}", builtIn);
  }

  private static String text(String... lines) {
    return Ansi.OFF.string(String.join(" ", lines)).replace("%n", " ").strip();
  }
}
