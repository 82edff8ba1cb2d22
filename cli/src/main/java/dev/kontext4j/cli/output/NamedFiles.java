package dev.kontext4j.cli.output;

import dev.kontext4j.cli.picture.PictureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The file that the user named, or that name with numbers. A single file is overwritten: who names
/// it means it. Numbered ones are not, unless that is asked for.
public final class NamedFiles implements Destination {
  private final Path named;
  private final List<Path> files;
  private final boolean force;
  private int written;

  public NamedFiles(Path named, int count, boolean force) {
    this.named = named;
    this.files = count == 1 ? List.of(named) : numbered(named, count);
    this.force = force;
  }

  private static List<Path> numbered(Path named, int count) {
    String name = String.valueOf(named.getFileName());
    int dot = name.lastIndexOf('.');
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> name.substring(0, dot) + "-" + i + name.substring(dot))
        .map(named::resolveSibling)
        .toList();
  }

  /// The files that will be written.
  public List<Path> files() {
    return files;
  }

  @Override
  public void require() {
    for (Path file : files) {
      OutputPlace.of(file).require();
      if (files.size() > 1 && !force) {
        OutputPlace.of(file).requireFree();
      }
    }
  }

  @Override
  public Optional<Path> write(byte[] encoded) throws IOException {
    Path file = files.get(written++);
    PictureWriter.write(file, encoded);
    return Optional.of(file);
  }

  @Override
  public String name() {
    return named.toString();
  }
}
