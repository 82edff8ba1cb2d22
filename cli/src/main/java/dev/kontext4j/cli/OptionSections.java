package dev.kontext4j.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/// A command's options in its help: those of each mixin under the mixin's name, and then the rest.
/// (picocli's own groups would do, but an option that is given twice resets its whole group.)
final class OptionSections implements IHelpSectionRenderer {
  private static final String PICOCLIS_OWN = "mixinStandardHelpOptions";

  @Override
  public String render(Help help) {
    var rest = new ArrayList<>(help.commandSpec().options());
    var text = new StringBuilder();
    help.commandSpec()
        .mixins()
        .forEach((name, mixin) -> {
          if (!name.equals(PICOCLIS_OWN)) {
            text.append(section(help, name, mixin.options()));
            rest.removeAll(mixin.options());
          }
        });
    return text + section(help, text.isEmpty() ? "Options" : "General", rest);
  }

  private static String section(Help help, String name, List<OptionSpec> options) {
    var layout = help.createDefaultLayout();
    layout.addOptions(options, help.parameterLabelRenderer());
    return "%n%s:%n%s".formatted(name, layout);
  }
}
