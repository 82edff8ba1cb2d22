package dev.kontext4j.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.testkit.GoldenFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Adapters that take the place of others while the model stays open.
class SwappedAdaptersTest {
  private static Adapters adapters(TinyNetworks networks, String name, double strength) {
    var file = GoldenFiles.path("lora/" + name + ".safetensors");
    return new Adapters()
        .with(Adapter.open(file, networks.names(), false), strength, BlockChoice.ALL);
  }

  private static Map<String, byte[]> weights(TinyNetworks networks) {
    var weights = new LinkedHashMap<String, byte[]>();
    for (String name : networks.names().parameters(Part.TRANSFORMER).keySet()) {
      try (var _ = Scope.open()) {
        weights.put(name, networks.weight(name).toBytes());
      }
    }
    return weights;
  }

  private static void requireEqual(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, actual.get(name), name));
  }

  @Test
  void theWeightsAreThoseOfAModelOpenedAnew() {
    try (var networks = new TinyNetworks();
        var first = adapters(networks, "formats/kohya", 0.7);
        var second = adapters(networks, "two", -0.5)) {
      var bare = weights(networks);
      networks.under(first);
      weights(networks);
      networks.under(second);
      var swapped = weights(networks);
      try (var fresh = new TinyNetworks();
          var alone = adapters(fresh, "two", -0.5)) {
        fresh.under(alone);
        requireEqual(weights(fresh), swapped);
      }
      networks.bare();
      requireEqual(bare, weights(networks));
    }
  }

  @Test
  void whatWasMergedBeforeIsFreedAndTheRestStays() {
    try (var networks = new TinyNetworks();
        var first = adapters(networks, "formats/kohya", 0.7);
        var second = adapters(networks, "two", -0.5);
        var _ = Scope.open()) {
      networks.under(first);
      var before = places(networks);
      long alive = Scope.liveTensors();
      networks.under(second);
      var after = places(networks);
      assertEquals(alive, Scope.liveTensors());
      int kept = 0;
      for (String name : before.keySet()) {
        boolean touched =
            first.overlay(Part.TRANSFORMER).touches(name)
                || second.overlay(Part.TRANSFORMER).touches(name);
        if (!touched) {
          assertEquals(before.get(name), after.get(name), name);
          kept++;
        }
      }
      assertTrue(kept > 0);
      assertNotEquals(before, after);
    }
  }

  /// Where each weight's elements are.
  private static Map<String, Long> places(TinyNetworks networks) {
    var places = new LinkedHashMap<String, Long>();
    for (String name : networks.names().parameters(Part.TRANSFORMER).keySet()) {
      places.put(name, networks.weight(name).dataAddress());
    }
    return places;
  }
}
