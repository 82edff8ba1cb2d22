package dev.kontext4j.cli;

import dev.kontext4j.cli.output.StandardStream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/// A question on the terminal. Whatever is not yes is no.
final class YesOrNo {
  private YesOrNo() {}

  /// Whether there is somebody to answer.
  static boolean canAsk() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && StandardStream.ERROR.mayBeTerminal();
  }

  static boolean ask(PrintWriter err, String question) {
    err.println("kontext: " + question);
    err.flush();
    return answer();
  }

  /// Reads the answer to a question that has been shown.
  static boolean answer() {
    try {
      var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      String line = Optional.ofNullable(in.readLine()).orElse("");
      return line.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException _) {
      return false;
    }
  }
}
