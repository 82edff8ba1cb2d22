package dev.kontext4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes down how near the tests came, in `target/measured.txt` of the module under test. Where
/// surefire runs a second process beside the first, that one writes `measured-2.txt`.
public final class Measured {
  private static final int FORK = Integer.getInteger("surefire.forkNumber", 1);
  private static final Path FILE =
      Path.of("target", FORK == 1 ? "measured.txt" : "measured-" + FORK + ".txt");
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
