package dev.kontext4j.cli.output;

import java.util.Locale;
import java.util.Optional;

/// The kinds of files that are written.
public enum OutputFormat {
  PNG("png", "png"),
  JPEG("jpg", "jpeg"),
  WEBP("webp", "webp");

  private final String usual;
  private final String other;

  OutputFormat(String usual, String other) {
    this.usual = usual;
    this.other = other;
  }

  /// The end of a file's name, with its dot.
  public String suffix() {
    return "." + usual;
  }

  /// The format that a file's name announces.
  public static Optional<OutputFormat> ofName(String name) {
    int dot = name.lastIndexOf('.');
    String end = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    for (OutputFormat format : values()) {
      if (end.equals(format.usual) || end.equals(format.other)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
