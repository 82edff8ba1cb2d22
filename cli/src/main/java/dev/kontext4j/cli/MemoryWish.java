package dev.kontext4j.cli;

import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.plan.PlanReport;
import dev.kontext4j.engine.CudaCard;
import dev.kontext4j.engine.Device;
import dev.kontext4j.sampler.plan.MemoryForecast;
import dev.kontext4j.sampler.plan.MemoryLimit;
import dev.kontext4j.vae.Tiling;
import java.util.Optional;
import java.util.OptionalLong;

/// What the user asks of memory, and what a run's device says to it.
///
/// @param limit of all that the run may take on its device
record MemoryWish(OptionalLong limit, TileWish tiles) {
  /// What the driver, its context and the libraries' own buffers take on a card before the first
  /// tensor; not yet measured.
  static final long CONTEXT = 500_000_000;

  private static final double LEFT_FREE = 0.05;
  private static final long LEAST_FREE = 512L << 20;

  /// What plans for a device must keep to, as it is now.
  MemoryLimit on(Device device) {
    return within(limit.isPresent() ? asked(device) : free(device));
  }

  /// The same with a limit for tensors.
  MemoryLimit within(OptionalLong bytes) {
    return new MemoryLimit(bytes, tiles.fixed());
  }

  /// What tensors may take of the user's limit.
  OptionalLong asked(Device device) {
    return device.isCpu() || limit.isEmpty() ? limit : OptionalLong.of(limit.getAsLong() - CONTEXT);
  }

  /// What tensors may take of what is free on a card. Ordinary memory has no limit of itself, since
  /// weights are mapped there.
  static OptionalLong free(Device device) {
    return device.isCpu()
        ? OptionalLong.empty()
        : CudaCard.all().stream()
            .filter(card -> card.index() == device.index())
            .mapToLong(card -> card.free() - reserve(card.total()))
            .findFirst();
  }

  /// What is left to others on a card of that size.
  static long reserve(long total) {
    return Math.max(LEAST_FREE, (long) (LEFT_FREE * total));
  }

  /// What the user is told of a plan, if there was anything to decide.
  Optional<String> note(MemoryForecast forecast, MemoryLimit kept) {
    var plan = forecast.plan();
    boolean whole = plan.vae().equals(Tiling.NONE);
    boolean decided = limit.isPresent() || plan.streams() || !whole;
    return kept.bytes().stream()
        .filter(_ -> decided)
        .mapToObj(
            bytes -> "within %s: %s".formatted(Bytes.decimal(bytes), PlanReport.steps(forecast)))
        .map(text -> whole ? text : text + inTiles(forecast))
        .findFirst();
  }

  private static String inTiles(MemoryForecast forecast) {
    return "; pictures go through the VAE %s, which makes a slightly different one"
        .formatted(PlanReport.tiles(forecast));
  }
}
