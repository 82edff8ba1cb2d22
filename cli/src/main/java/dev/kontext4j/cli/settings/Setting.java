package dev.kontext4j.cli.settings;

import java.util.Locale;
import java.util.Optional;

/// A default that a user may settle. Its name in the file is that of the option.
public enum Setting {
  MODEL,
  DEVICE,
  DTYPE,
  PRECISION,
  THREADS,
  LIBTORCH,
  LORA_FOLDER,
  STEPS,
  GUIDANCE,
  FAST,
  NO_TEXT_CACHE,
  STYLE,
  FORMAT,
  QUALITY,
  /// The folder for results whose place is not named.
  OUTPUT_FOLDER;

  /// In the file.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// In the environment.
  public String variable() {
    return "KONTEXT4J_" + name();
  }

  /// The option whose default it is.
  public String option() {
    return this == OUTPUT_FOLDER ? "--output" : "--" + key();
  }

  /// Whether an option may have a settled default.
  public static boolean isOption(String name) {
    for (Setting setting : values()) {
      if (setting.option().equals(name)) {
        return true;
      }
    }
    return false;
  }

  static Optional<Setting> ofKey(String key) {
    for (Setting setting : values()) {
      if (setting.key().equals(key)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }
}
