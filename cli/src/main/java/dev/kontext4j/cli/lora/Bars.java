package dev.kontext4j.cli.lora;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;

/// A bar for each block, as high as it is changed; a dot where it is not.
record Bars(SortedMap<Integer, Double> blocks) {
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

  String text() {
    var highest =
        blocks.entrySet().stream().max(Comparator.comparing(Map.Entry::getValue)).orElseThrow();
    var bars = new StringBuilder();
    for (int block = 0; block <= blocks.lastKey(); block++) {
      bars.append(bar(blocks.getOrDefault(block, 0.0), highest.getValue()));
    }
    return "%s most in %d: %s"
        .formatted(bars, highest.getKey(), InspectedLora.number(highest.getValue()));
  }

  private static char bar(double norm, double highest) {
    if (norm == 0) {
      return '.';
    }
    int last = HEIGHTS.length() - 1;
    return HEIGHTS.charAt(Math.min(last, (int) (norm / highest * HEIGHTS.length())));
  }
}
