package dev.kontext4j.hub.fetch;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that may be better in a moment: a busy server, a connection that was cut.
final class Setback extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Duration asked;

  Setback(String message) {
    this(message, Optional.empty());
  }

  /// @param asked how long the server wants to be left alone
  Setback(String message, Optional<Duration> asked) {
    super(message);
    this.asked = asked.orElse(null);
  }

  Optional<Duration> asked() {
    return Optional.ofNullable(asked);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
