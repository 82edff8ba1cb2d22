package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.settings.Setting;
import dev.kontext4j.cli.settings.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Gives options the defaults that the user has settled. They are read when the first is asked for.
/// Settings that cannot be read settle nothing; a command that depends on them is refused when it
/// is run, so that helps and versions are shown all the same.
final class SettledDefaults implements IDefaultValueProvider {
  private @Nullable Settings settings;
  private @Nullable UsageException unreadable;

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !Setting.isOption(option.longestName())) {
      return null;
    }
    try {
      return settings()
          .ofOption(option.longestName())
          .map(settled -> settled.value().replace("${", "$${")) // picocli would fill it in
          .orElse(null);
    } catch (UsageException e) {
      unreadable = e;
      return null;
    }
  }

  private Settings settings() {
    if (settings == null) {
      settings = Settings.read();
    }
    return settings;
  }

  /// Fails if a command has options whose defaults could not be read.
  void requireFor(CommandSpec command) {
    boolean concerned =
        command.options().stream().anyMatch(option -> Setting.isOption(option.longestName()));
    if (unreadable != null && concerned) {
      throw unreadable;
    }
  }

  /// Where a value that was refused had been settled, in words that follow the refusal.
  String origin(ParameterException e) {
    return e.getArgSpec() instanceof OptionSpec option
            && settings != null
            && Setting.isOption(option.longestName())
        ? settings
            .ofOption(option.longestName())
            .filter(settled -> settled.value().equals(e.getValue()))
            .map(settled -> "; it comes from " + settled.origin())
            .orElse("")
        : "";
  }
}
