package dev.kontext4j.cli.settings;

import dev.kontext4j.cli.failure.UsageException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The defaults that a user has settled, by variables and in a file; a variable goes before the
/// file, and an option before both.
public final class Settings {
  public static final String FILE = "config.toml";

  private final Path file;
  private final Map<Setting, Settled> settled;

  /// A value, and where it was settled.
  public record Settled(String value, String origin) {}

  private Settings(Path file, Map<Setting, Settled> settled) {
    this.file = file;
    this.settled = settled;
  }

  /// Those of this user.
  public static Settings read() {
    return read(ConfigFolder.file(FILE), System::getenv, System.getProperty("user.home"));
  }

  static Settings read(Path file, Function<String, @Nullable String> variables, String home) {
    var settled = new EnumMap<Setting, Settled>(Setting.class);
    TomlFile.read(file)
        .forEach((key, value) -> {
          Setting setting = Setting.ofKey(key).orElseThrow(() -> unknown(file, key));
          settled.put(setting, new Settled(value, file.toString()));
        });
    for (Setting setting : Setting.values()) {
      String value = variables.apply(setting.variable());
      if (value != null && !value.isBlank()) {
        settled.put(setting, new Settled(value, setting.variable()));
      }
    }
    settled.replaceAll(
        (setting, found) -> new Settled(usable(setting, found.value, home), found.origin));
    return new Settings(file, settled);
  }

  private static UsageException unknown(Path file, String key) {
    String known =
        Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", "));
    return new UsageException(
        "%s: there is no setting \"%s\"; known are %s".formatted(file, key, known));
  }

  /// The value as an option takes it: no shell has replaced a tilde, and a folder for results must
  /// look like one.
  private static String usable(Setting setting, String value, String home) {
    if (value.isBlank()) {
      throw new UsageException(setting.key() + " is settled, but empty; settle it or leave it out");
    }
    String path = value.equals("~") || value.startsWith("~/") ? home + value.substring(1) : value;
    return switch (setting) {
      case MODEL, LIBTORCH, LORA_FOLDER -> path;
      case OUTPUT_FOLDER -> path.endsWith(File.separator) ? path : path + File.separator;
      default -> value;
    };
  }

  /// What was settled for an option.
  ///
  /// @param name its long name
  public Optional<Settled> ofOption(String name) {
    for (Setting setting : Setting.values()) {
      if (setting.option().equals(name)) {
        return of(setting);
      }
    }
    return Optional.empty();
  }

  public Optional<Settled> of(Setting setting) {
    return Optional.ofNullable(settled.get(setting));
  }

  /// The file that was read, if it is there.
  public Path file() {
    return file;
  }
}
