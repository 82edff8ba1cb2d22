package dev.kontext4j.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TilingTest {
  @Test
  void beginsATileWhereTheOneBeforeEndsButForTheOverlap() {
    assertEquals(List.of(0, 48, 96), new Tiling(64, 16).starts(128));
    assertEquals(List.of(0, 48, 96), new Tiling(64, 16).starts(160));
    assertEquals(List.of(0, 48, 96, 144), new Tiling(64, 16).starts(161));
  }

  @Test
  void addsNoTileThatShowsNothingNew() {
    assertEquals(List.of(0, 48), new Tiling(64, 16).starts(112)); // diffusers: another one at 96
    assertEquals(List.of(0), new Tiling(64, 16).starts(64));
  }

  @Test
  void leavesAPictureWhole() {
    assertEquals(List.of(0), Tiling.NONE.starts(100_000));
  }

  @Test
  void refusesTilesThatAreAllOverlap() {
    assertThrows(IllegalArgumentException.class, () -> new Tiling(8, 5));
    assertThrows(IllegalArgumentException.class, () -> new Tiling(0, 0));
  }
}
