package dev.kontext4j.engine.residency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.residency.Group.Use;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Weights of 10 that stay, 2 that are needed once of 8 each, and four blocks of 20, of which 3 are
/// made anew while a block is here.
class WeightLimitTest {
  private static final List<GroupSize> SIZES = sizes();

  private static List<GroupSize> sizes() {
    var sizes = new ArrayList<>(List.of(new GroupSize(Group.REST, 10, 10, 0)));
    for (int i = 0; i < 4; i++) {
      sizes.add(new GroupSize(new Group("block " + i, Use.BLOCK), 20, 20, 3));
      if (i < 2) {
        sizes.add(new GroupSize(new Group("once " + i, Use.ONCE), 8, 8, 0));
      }
    }
    return sizes;
  }

  @ParameterizedTest
  @CsvSource({
    "33, 0, 20", // a slot is all that there is room for
    "52, 0, 20",
    "53, 0, 40", // two slots come before blocks that stay
    "72, 0, 40",
    "73, 1, 40",
    "95, 2, 40",
    "97, 2, 40"
  })
  void theLimitIsUsed(long limit, int blocks, long ring) {
    var plan = new WeightLimit(limit).plan(SIZES);
    assertEquals(Residency.streaming(blocks, ring), plan);
    assertTrue(10 + 3 + ring + 20L * blocks <= limit);
  }

  @Test
  void whatFitsStays() {
    assertEquals(Residency.ALL, new WeightLimit(98).plan(SIZES));
  }

  @Test
  void tooLittleIsRefusedWithTheLeast() {
    var e = assertThrows(DeviceException.class, () -> new WeightLimit(32).plan(SIZES));
    assertTrue(e.getMessage().endsWith("the least is 33"), e.getMessage());
  }
}
