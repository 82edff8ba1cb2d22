package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.hub.lock.LockedFile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What an answer's status means for who asks for a file, and what to do about it.
///
/// @param signedIn whether a token was sent
record Verdict(LockedFile file, Endpoint endpoint, boolean signedIn) {

  /// Returns if the answer is good.
  ///
  /// @param address that answered
  void on(URI address, HttpResponse<?> response) throws Setback {
    int status = response.statusCode();
    switch (status) {
      case 200, 206 -> {}
      case 401, 403 -> throw refused(address, status);
      case 404, 410 ->
          throw missing("is not there (%d); take another --endpoint, or a newer kontext4j", status);
      case 416 ->
          throw missing("is shorter there than it should be (%d); take another --endpoint", status);
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new Setback(
              "%s says %d%s".formatted(address.getHost(), status, word(status)), asked(response));
      default ->
          throw new FetchException(
              "%s cannot be fetched: %s says %d; try again later, or another --endpoint"
                  .formatted(file.key(), address.getHost(), status));
    }
  }

  private CheckpointException missing(String what, int status) {
    return new CheckpointException(
        "%s at %s %s".formatted(file.key(), endpoint, what.formatted(status)));
  }

  /// The addresses that a hub sends on to are good for some time only.
  private CheckpointException refused(URI address, int status) throws Setback {
    if (!endpoint.isHome(address)) {
      throw new Setback("%s says %d".formatted(address.getHost(), status));
    }
    String page = file.repository().page();
    String cure =
        signedIn
            ? "accept its licence on %s with the account of your token, or set %s to a token that may read it"
                .formatted(page, Token.VARIABLE)
            : "accept its licence on %s, make an access token in your account's settings, and set %s to it"
                .formatted(page, Token.VARIABLE);
    return new CheckpointException(
        "%s is not given to you (%d): %s".formatted(file.key(), status, cure));
  }

  private static String word(int status) {
    return status == 429 ? ", too many requests" : "";
  }

  /// Seconds, or a date.
  private static Optional<Duration> asked(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").map(String::strip).flatMap(Verdict::time);
  }

  private static Optional<Duration> time(String text) {
    try {
      if (text.matches("\\d{1,9}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var wait = Duration.between(Instant.now(), date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
