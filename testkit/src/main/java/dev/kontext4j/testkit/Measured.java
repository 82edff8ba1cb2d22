package dev.kontext4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes down how near the tests came, in `target/measured.txt` of the module under test.
public final class Measured {
  private static final Path FILE = Path.of("target", "measured.txt");
  private static final List<String> LINES = new ArrayList<>();

  private Measured() {}

  public static synchronized void note(String line) {
    LINES.add(line);
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.write(FILE, LINES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
