package dev.kontext4j.cli.output;

import dev.kontext4j.cli.picture.PictureFormat;

/// What a result is called, and which kind of file it becomes, where the user does not say.
///
/// @param stem the name without its end
public record DefaultName(String stem, OutputFormat format) {

  /// That of a picture which is made from nothing.
  public static final DefaultName NEW = new DefaultName("picture", OutputFormat.PNG);

  /// After a picture of some format: the same if it can be written, else PNG.
  public static DefaultName after(String stem, PictureFormat format) {
    return new DefaultName(
        stem,
        switch (format) {
          case JPEG -> OutputFormat.JPEG;
          case WEBP -> OutputFormat.WEBP;
          default -> OutputFormat.PNG;
        });
  }
}
