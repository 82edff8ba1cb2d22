package dev.kontext4j.sampler;

import dev.kontext4j.transformer.flux.Position;
import java.util.ArrayList;
import java.util.List;

/// How several references are told apart by the positions of their tokens.
public enum ReferencePlacement {
  /// Each is an image of its own: the first axis counts 1, 2, 3 ...
  INDEX {
    @Override
    List<Position> positions(List<Grid> references) {
      var positions = new ArrayList<Position>();
      for (int i = 0; i < references.size(); i++) {
        positions.addAll(references.get(i).positions(i + 1, 0, 0));
      }
      return positions;
    }
  },
  /// All are image 1, laid out on one canvas: each goes to the right of what is there, or below,
  /// whichever keeps the canvas nearer to a square.
  OFFSET {
    @Override
    List<Position> positions(List<Grid> references) {
      var positions = new ArrayList<Position>();
      int canvasRows = 0;
      int canvasColumns = 0;
      for (Grid grid : references) {
        boolean right = grid.rows() + canvasRows > grid.columns() + canvasColumns;
        int row = right ? 0 : canvasRows;
        int column = right ? canvasColumns : 0;
        positions.addAll(grid.positions(1, row, column));
        canvasRows = Math.max(canvasRows, row + grid.rows());
        canvasColumns = Math.max(canvasColumns, column + grid.columns());
      }
      return positions;
    }
  };

  /// The positions of all references' tokens, in their order.
  abstract List<Position> positions(List<Grid> references);
}
