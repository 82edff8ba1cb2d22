package dev.kontext4j.hub.fetch;

import java.time.Duration;

/// How much is borne before an answer, or the whole, is given up.
///
/// @param window in which an answer must bring at least
/// @param least so many bytes
/// @param attempts without any progress
/// @param firstPause before the second attempt; each further one is twice as long, up to
/// @param longestPause this
/// @param longestAsked the longest pause that a server may ask for
public record Patience(
    Duration window,
    int least,
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration longestAsked) {

  public static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(30),
          64 << 10,
          6,
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofMinutes(10));

  /// The pause after so many failures in a row.
  ///
  /// @param chance from 0 to 1, so that many who wait do not all come back at once
  Duration pause(int failures, double chance) {
    long doubled = firstPause.toMillis() << Math.min(failures - 1, 20);
    double millis = Math.min(doubled, longestPause.toMillis()) * (0.5 + chance);
    return Duration.ofMillis(Math.round(millis));
  }
}
