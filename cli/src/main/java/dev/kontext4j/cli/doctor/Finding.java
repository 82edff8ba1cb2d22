package dev.kontext4j.cli.doctor;

import java.util.Optional;

/// One thing that was looked at.
///
/// @param cure of what is wrong; none: nothing is
public record Finding(String subject, String state, Optional<String> cure) {

  static Finding good(String subject, String state) {
    return new Finding(subject, state, Optional.empty());
  }

  static Finding bad(String subject, String state, String cure) {
    return new Finding(subject, state, Optional.of(cure));
  }

  /// A failure whose message is "what is wrong; what helps", as ours are.
  static Finding failed(String subject, RuntimeException e) {
    return failed(subject, String.valueOf(e.getMessage()));
  }

  static Finding failed(String subject, String message) {
    String[] parts = message.split("; ", 2);
    return bad(subject, parts[0], parts.length > 1 ? parts[1] : "see above");
  }
}
