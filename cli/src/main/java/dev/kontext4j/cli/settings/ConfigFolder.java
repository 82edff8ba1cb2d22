package dev.kontext4j.cli.settings;

import java.nio.file.Path;

/// Where a user's own files for kontext4j are: in `kontext4j` in `$XDG_CONFIG_HOME`, else in
/// `~/.config`.
public final class ConfigFolder {
  private ConfigFolder() {}

  /// A file there; it need not be there yet.
  public static Path file(String name) {
    String configured = System.getenv("XDG_CONFIG_HOME");
    Path home = Path.of(System.getProperty("user.home"));
    Path all =
        configured == null || configured.isBlank() ? home.resolve(".config") : Path.of(configured);
    return all.toAbsolutePath().resolve("kontext4j").resolve(name);
  }
}
