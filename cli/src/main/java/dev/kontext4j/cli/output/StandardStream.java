package dev.kontext4j.cli.output;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The streams that a process is given.
public enum StandardStream {
  OUTPUT(1),
  ERROR(2);

  private static final Pattern TERMINALS = Pattern.compile("/dev/(pts/|tty|console).*");

  private final int descriptor;

  StandardStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Whether a person may be looking at it. Linux tells; elsewhere it is what Java knows of input
  /// and output together.
  public boolean mayBeTerminal() {
    try {
      Path file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return TERMINALS.matcher(file.toString()).matches();
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }
}
