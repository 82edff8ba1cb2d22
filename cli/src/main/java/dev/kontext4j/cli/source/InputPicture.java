package dev.kontext4j.cli.source;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.picture.PictureFormat;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.sampler.picture.Picture;
import java.util.List;

/// A picture that has been read, and what is worth knowing of its file.
public record InputPicture(
    PictureSource source, PictureFormat format, Sha256 sha256, Picture picture) {

  /// Reads the pictures that a command line names.
  ///
  /// @param localUrls whether addresses in this network may be asked
  public static List<InputPicture> all(
      List<String> names, boolean localUrls, PictureReader reader) {
    if (names.stream().filter("-"::equals).count() > 1) {
      throw new UsageException("- names standard input, which can be read only once");
    }
    return names.stream().map(name -> read(PictureSource.of(name, localUrls), reader)).toList();
  }

  /// Reads a picture.
  public static InputPicture read(PictureSource source, PictureReader reader) {
    byte[] file = source.read();
    return new InputPicture(
        source, PictureFormat.of(file), Sha256.of(file), reader.read(source.name(), file));
  }
}
