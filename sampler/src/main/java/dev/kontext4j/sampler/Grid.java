package dev.kontext4j.sampler;

import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.transformer.flux.Position;
import java.util.ArrayList;
import java.util.List;

/// The tokens of one picture, row by row.
record Grid(int rows, int columns) {

  /// The tokens of a picture whose sides fit.
  ///
  /// @param tokenSide how many pixels a token covers in each direction
  static Grid of(Size picture, int tokenSide) {
    return new Grid(picture.height() / tokenSide, picture.width() / tokenSide);
  }

  int tokens() {
    return rows * columns;
  }

  List<Position> positions(int image, int firstRow, int firstColumn) {
    var positions = new ArrayList<Position>(tokens());
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        positions.add(new Position(image, firstRow + row, firstColumn + column));
      }
    }
    return positions;
  }
}
