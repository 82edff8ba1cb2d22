package dev.kontext4j.cli.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A command's options as its help groups them.
public final class OptionGroups {
  private static final String PICOCLIS_OWN = "mixinStandardHelpOptions";

  private OptionGroups() {}

  /// Those of each mixin under its name, and then the rest.
  public static Map<String, List<OptionSpec>> of(CommandSpec command) {
    var groups = new LinkedHashMap<String, List<OptionSpec>>();
    var rest = new ArrayList<>(command.options());
    command
        .mixins()
        .forEach((name, mixin) -> {
          if (!name.equals(PICOCLIS_OWN)) {
            groups.put(name, mixin.options());
            rest.removeAll(mixin.options());
          }
        });
    groups.put(groups.isEmpty() ? "Options" : "General", rest);
    return groups;
  }
}
