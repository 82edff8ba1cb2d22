package dev.kontext4j.sampler.plan;

import dev.kontext4j.sampler.MemoryPlan;
import dev.kontext4j.vae.Tiling;
import java.util.Optional;
import java.util.OptionalLong;

/// As many weights stay as a limit allows.
///
/// @param bytes of everything; empty: all stays
/// @param tiles of the autoencoder, if they are not to be decided
public record MemoryLimit(OptionalLong bytes, Optional<Tiling> tiles) implements Planning {
  /// Of the memory that did not suffice.
  private static final double NEXT = 0.8;

  @Override
  public MemoryForecast of(Planner request) {
    var planner = request.tiled(tiles);
    return bytes.isPresent() ? planner.within(bytes.getAsLong()) : planner.unlimited();
  }

  @Override
  public Optional<Planning> afterwards(Planner request, MemoryPlan failed) {
    long next = (long) (NEXT * request.forecast(failed).peak());
    return Optional.of(new MemoryLimit(OptionalLong.of(next), tiles));
  }
}
