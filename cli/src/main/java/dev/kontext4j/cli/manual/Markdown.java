package dev.kontext4j.cli.manual;

import dev.kontext4j.cli.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Map;

/// The whole manual as one Markdown page.
public final class Markdown {
  private final StringBuilder page = new StringBuilder();

  private Markdown() {}

  /// The page.
  ///
  /// @param program with all its commands
  public static String of(CommandText program) {
    var markdown = new Markdown();
    markdown
        .paragraph("# The command line")
        .paragraph(
            "<!-- Written by `kontext manual` from the commands themselves; ManualTest compares."
                + " -->")
        .paragraph(escaped(program.description()));
    program.withAllBelow().stream().skip(1).forEach(markdown::command);
    markdown.settings();
    markdown.paragraph("## Exit codes");
    markdown.list("", program.exitCodes());
    return markdown.page.toString().stripTrailing() + "\n";
  }

  private void command(CommandText command) {
    paragraph("## " + command.name())
        .paragraph("```\n" + command.synopsis() + "\n```")
        .paragraph(escaped(command.description()));
    list("", command.parameters());
    command.options().forEach((section, options) -> list("**" + section + "**", options));
    if (!command.example().isEmpty()) {
      paragraph("```\n" + String.join("\n", command.example()).stripIndent() + "\n```");
    }
  }

  private void settings() {
    paragraph("## Settings")
        .paragraph(
            "Defaults of options, in `~/.config/kontext4j/config.toml` (or in `$XDG_CONFIG_HOME`)"
                + " as `name = value`, or as variables. An option goes before a variable, and a"
                + " variable before the file; `kontext doctor` tells where each value comes from.");
    var rows = new LinkedHashMap<String, String>();
    for (Setting setting : Setting.values()) {
      rows.put(
          setting.key() + " = ..., " + setting.variable() + "=...",
          setting == Setting.OUTPUT_FOLDER
              ? "the folder for results without -o"
              : "the default of --" + setting.key());
    }
    list("", rows);
  }

  private void list(String title, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    if (!title.isEmpty()) {
      paragraph(title);
    }
    rows.forEach((name, text) ->
        page.append("- `").append(name).append("`: ").append(escaped(text)).append('\n'));
    page.append('\n');
  }

  private Markdown paragraph(String text) {
    page.append(text).append("\n\n");
    return this;
  }

  private static String escaped(String text) {
    return text.replaceAll("([<>*_`])", "\\\\$1");
  }
}
