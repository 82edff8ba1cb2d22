package dev.kontext4j.cli.output;

import dev.kontext4j.cli.picture.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A folder, and names in it that nothing has yet: `photo-edited.png`, `photo-edited-2.png`.
public final class FreeNames implements Destination {
  private static final int MOST = 10_000; // for the longest name there may be

  private final Path folder;
  private final String stem;
  private final String suffix;
  private final boolean force;
  private int last;

  /// @param force whether names that are taken are taken over
  public FreeNames(Path folder, String stem, String suffix, boolean force) {
    this.folder = folder;
    this.stem = stem;
    this.suffix = suffix;
    this.force = force;
  }

  @Override
  public void require() {
    OutputPlace.of(file(MOST)).requireFolder();
  }

  @Override
  public Optional<Path> write(byte[] encoded) throws IOException {
    while (true) {
      Path file = file(++last);
      if (force) {
        PictureWriter.write(file, encoded);
        return Optional.of(file);
      }
      if (!Files.exists(file) && PictureWriter.writeNew(file, encoded)) {
        return Optional.of(file);
      }
    }
  }

  private Path file(int number) {
    return folder.resolve(stem + (number == 1 ? "" : "-" + number) + suffix);
  }

  @Override
  public String name() {
    return "to " + folder.toAbsolutePath();
  }
}
