package dev.kontext4j.cli;

import dev.kontext4j.cli.manual.OptionGroups;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/// A command's options in its help, in groups. (picocli's own groups would do, but an option that
/// is given twice resets its whole group.)
final class OptionSections implements IHelpSectionRenderer {
  @Override
  public String render(Help help) {
    var text = new StringBuilder();
    OptionGroups.of(help.commandSpec())
        .forEach((name, options) -> text.append(section(help, name, options)));
    return text.toString();
  }

  private static String section(Help help, String name, List<OptionSpec> options) {
    var layout = help.createDefaultLayout();
    layout.addOptions(options, help.parameterLabelRenderer());
    return "%n%s:%n%s".formatted(name, layout);
  }
}
