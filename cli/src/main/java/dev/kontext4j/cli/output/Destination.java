package dev.kontext4j.cli.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Where the pictures of a run go, one after the other.
public interface Destination {
  /// Makes sure, before any work, that the run's pictures can be written: minutes should not be
  /// lost at their end.
  void require();

  /// Writes the next picture and returns its file, if it has one.
  Optional<Path> write(byte[] encoded) throws IOException;

  /// What to call the place in a message.
  String name();
}
