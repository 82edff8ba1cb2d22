package dev.kontext4j.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where kontext4j keeps what it unpacks once: in `kontext4j` in `$XDG_CACHE_HOME`, else in
/// `~/.cache`.
public final class CacheFolder {
  public static final String VARIABLE = "XDG_CACHE_HOME";

  private CacheFolder() {}

  /// The folder for one kind of thing; it need not be there yet.
  public static Path named(String name) {
    return named(name, System.getenv(VARIABLE), Path.of(System.getProperty("user.home")));
  }

  static Path named(String name, @Nullable String cacheHome, Path home) {
    Path caches =
        cacheHome == null || cacheHome.isBlank() ? home.resolve(".cache") : Path.of(cacheHome);
    return caches.toAbsolutePath().resolve("kontext4j").resolve(name);
  }
}
