package dev.kontext4j.cli.manual;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A command's manual page in the language of `man`.
public final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /// The page.
  ///
  /// @param version that the page tells
  public static String of(CommandText command, String version) {
    var man = new ManPage();
    man.page.append(
        ".TH \"%s\" 1 \"\" \"kontext4j %s\" \"kontext4j\"\n".formatted(title(command), version));
    man.section(
        "Name", title(command) + " \\- " + man.escaped(firstSentence(command.description())));
    man.section("Synopsis", man.escaped(command.synopsis()));
    man.section("Description", man.escaped(command.description()));
    man.rows("Arguments", command.parameters());
    command.options().forEach(man::rows);
    man.rows("Commands", names(command));
    man.rows("Exit codes", command.exitCodes());
    if (!command.example().isEmpty()) {
      man.section("Example", ".nf\n" + man.escaped(String.join("\n", command.example())) + "\n.fi");
    }
    return man.page.toString();
  }

  /// What the page is called: `kontext-edit`.
  public static String title(CommandText command) {
    return command.name().replace(' ', '-');
  }

  private static Map<String, String> names(CommandText command) {
    var names = new LinkedHashMap<String, String>();
    command
        .commands()
        .forEach(sub -> names.put(title(sub) + "(1)", firstSentence(sub.description())));
    return names;
  }

  private static String firstSentence(String text) {
    return text.split("(?<=[^.])\\.(?= |$)", 2)[0];
  }

  private void section(String title, String text) {
    page.append(".SH ")
        .append(title.toUpperCase(Locale.ROOT))
        .append('\n')
        .append(text)
        .append('\n');
  }

  private void rows(String title, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    page.append(".SH ").append(title.toUpperCase(Locale.ROOT)).append('\n');
    rows.forEach((name, text) ->
        page.append(".TP\n\\fB")
            .append(escaped(name))
            .append("\\fR\n")
            .append(escaped(text))
            .append('\n'));
  }

  /// A dot or a quote at the start of a line would be a request, a backslash an escape.
  private String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
  }
}
