package dev.kontext4j.testkit.hub;

import java.time.Duration;
import java.util.Map;

/// What a server does instead of giving what it was asked for.
public sealed interface Trouble {

  /// Gives what it was asked for: for a request before the trouble begins.
  record NoTrouble() implements Trouble {}

  /// Answers with a status and nothing else.
  record Status(int status, Map<String, String> headers) implements Trouble {
    public Status(int status) {
      this(status, Map.of());
    }
  }

  /// Cuts the connection after so many bytes of the body.
  record Cut(int after) implements Trouble {}

  /// Gives so many bytes, and then a byte now and then.
  record Drip(int after, Duration pause) implements Trouble {}

  /// Says nothing at all.
  record Silence(Duration howLong) implements Trouble {}

  /// Gives a file of another length.
  record WrongLength(int more) implements Trouble {}

  /// Gives a file with other bytes, each turned round.
  record WrongBytes() implements Trouble {}

  /// Gives another part than was asked for.
  record WrongPart() implements Trouble {}

  /// Gives the whole file, whatever part is asked for.
  record NoRanges() implements Trouble {}

  /// Sends on to somewhere.
  record Redirect(String location) implements Trouble {}
}
