package dev.kontext4j.transformer.t5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.nn.Embedding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values of transformers' `T5Attention._relative_position_bucket`.
class RelativePositionsTest {

  @ParameterizedTest
  @CsvSource({
    "32, 128, -200, 15",
    "32, 128, -128, 15",
    "32, 128, -127, 15",
    "32, 128, -64, 14",
    "32, 128, -32, 12",
    "32, 128, -31, 11",
    "32, 128, -16, 10",
    "32, 128, -15, 9",
    "32, 128, -12, 9",
    "32, 128, -11, 8",
    "32, 128, -8, 8",
    "32, 128, -7, 7",
    "32, 128, -1, 1",
    "32, 128, 0, 0",
    "32, 128, 1, 17",
    "32, 128, 7, 23",
    "32, 128, 8, 24",
    "32, 128, 11, 24",
    "32, 128, 12, 25",
    "32, 128, 23, 27",
    "32, 128, 31, 27",
    "32, 128, 32, 28",
    "32, 128, 64, 30",
    "32, 128, 90, 30",
    "32, 128, 91, 31",
    "32, 128, 127, 31",
    "32, 128, 511, 31",
    "20, 50, -49, 9",
    "20, 50, -20, 8",
    "20, 50, -6, 5",
    "20, 50, -5, 5",
    "20, 50, 5, 15",
    "20, 50, 6, 15",
    "20, 50, 13, 17",
    "20, 50, 50, 19",
    "8, 16, -15, 3",
    "8, 16, -4, 2",
    "8, 16, -3, 2",
    "8, 16, -2, 2",
    "8, 16, 2, 6",
    "8, 16, 3, 6",
    "8, 16, 4, 6",
    "8, 16, 5, 6",
    "8, 16, 6, 7",
    "8, 16, 16, 7",
    "4, 8, -2, 1",
    "4, 8, -1, 1",
    "4, 8, 1, 3",
    "4, 8, 2, 3"
  })
  void sortsDistancesAsTheReference(int buckets, int maxDistance, int distance, int bucket) {
    var table =
        new Embedding(
            () -> {
              throw new AssertionError("no table is needed");
            },
            buckets,
            1);
    assertEquals(bucket, new RelativePositions(table, buckets, maxDistance).bucket(distance));
  }
}
