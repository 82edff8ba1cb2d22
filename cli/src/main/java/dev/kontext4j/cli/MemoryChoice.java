package dev.kontext4j.cli;

import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.plan.PlanReport;
import dev.kontext4j.engine.CudaCard;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.LessMemory;
import dev.kontext4j.sampler.MemoryPlan;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.ModelSurvey;
import dev.kontext4j.sampler.plan.MemoryForecast;
import dev.kontext4j.sampler.plan.Planner;
import dev.kontext4j.vae.Tiling;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Where a run's weights will be, and what the user is told of it.
///
/// @param note if there was anything to decide
/// @param less for when there is less memory than that, because others took it
record MemoryChoice(MemoryPlan plan, Optional<String> note, LessMemory less) {
  /// Of the memory that did not suffice.
  private static final double NEXT = 0.8;

  /// What the driver, its context and the libraries' own buffers take on a card before the first
  /// tensor; not yet measured.
  static final long CONTEXT = 500_000_000;

  private static final double LEFT_FREE = 0.05;
  private static final long LEAST_FREE = 512L << 20;

  static MemoryChoice of(
      MemoryWish wish, EditRequest request, ModelFiles files, Computing computing) {
    Function<Optional<Tiling>, Planner> planners =
        fixed -> {
          var survey = ModelSurvey.of(files, computing);
          return new Planner(survey.sizes(), survey.demand(request), computing, fixed);
        };
    var limit = limit(wish.limit(), computing.device());
    if (limit.isEmpty()) {
      var plan =
          new MemoryPlan(Residency.ALL, Residency.ALL, wish.tiles().fixed().orElse(Tiling.NONE));
      return new MemoryChoice(plan, Optional.empty(), less(planners));
    }
    var forecast = planners.apply(wish.tiles().fixed()).within(limit.getAsLong());
    boolean decided = wish.limit().isPresent() || !forecast.plan().equals(MemoryPlan.ALL_STAYS);
    return new MemoryChoice(
        forecast.plan(),
        Optional.of(forecast).filter(_ -> decided).map(it -> text(it, limit.getAsLong())),
        less(planners));
  }

  /// Fewer weights stay; tiles remain as they are, and so does the picture.
  private static LessMemory less(Function<Optional<Tiling>, Planner> planners) {
    return failed -> {
      var planner = planners.apply(Optional.of(failed.vae()));
      try {
        return Optional.of(planner.within((long) (NEXT * planner.forecast(failed).peak())).plan());
      } catch (DeviceException _) {
        return Optional.empty();
      }
    };
  }

  /// What tensors may take: of the user's limit, or of what is free on a card now. Ordinary memory
  /// has no limit of itself, since weights are mapped there.
  static OptionalLong limit(OptionalLong asked, Device device) {
    if (device.isCpu()) {
      return asked;
    }
    if (asked.isPresent()) {
      return OptionalLong.of(asked.getAsLong() - CONTEXT);
    }
    return CudaCard.all().stream()
        .filter(card -> card.index() == device.index())
        .mapToLong(card -> card.free() - reserve(card.total()))
        .findFirst();
  }

  /// What is left to others on a card of that size.
  static long reserve(long total) {
    return Math.max(LEAST_FREE, (long) (LEFT_FREE * total));
  }

  private static String text(MemoryForecast forecast, long limit) {
    return "within %s: %s%s"
        .formatted(Bytes.decimal(limit), PlanReport.steps(forecast), tiles(forecast));
  }

  private static String tiles(MemoryForecast forecast) {
    return forecast.plan().vae().equals(Tiling.NONE)
        ? ""
        : "; pictures go through the VAE %s, which makes a slightly different one"
            .formatted(PlanReport.tiles(forecast));
  }
}
