package dev.kontext4j.transformer.flux;

/// Where a token stands: image number (text and noise 0, references from 1), row and column.
public record Position(int image, int row, int column) {
  public static final Position TEXT = new Position(0, 0, 0);

  int on(int axis) {
    return switch (axis) {
      case 0 -> image;
      case 1 -> row;
      default -> column;
    };
  }
}
