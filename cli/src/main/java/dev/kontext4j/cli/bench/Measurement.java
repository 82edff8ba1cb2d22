package dev.kontext4j.cli.bench;

import dev.kontext4j.cli.progress.Timeline;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.Spared;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.sampler.plan.MemoryForecast;
import dev.kontext4j.sampler.plan.Planning;
import dev.kontext4j.transformer.flux.TokenCounts;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What an edit took, phase by phase. Times are in seconds.
///
/// @param open reading headers and tokenizers
/// @param text both text encoders, which are loaded for it
/// @param shared what all steps share, modulations above all
/// @param first the first step, at which the weights are read
/// @param step the median of the others; the mean, if some were spared
/// @param work of a step that is computed whole, in 10^12 operations
/// @param product what a large product reaches, in 10^12 operations a second
public record Measurement(
    Size size,
    TokenCounts tokens,
    double open,
    double text,
    double references,
    double shared,
    double first,
    double step,
    double decoding,
    double work,
    double product,
    OptionalLong peakBytes,
    Fast fast,
    Spared spared) {

  /// Edits, and measures.
  ///
  /// @param request for one picture in at least two steps
  /// @param planning which weights stay in memory
  /// @param planned is told what comes of it
  public static Measurement of(
      ModelFiles model,
      EditRequest request,
      Computing computing,
      Planning planning,
      Consumer<MemoryForecast> planned,
      Progress progress) {
    long start = System.nanoTime();
    try (var pipeline = KontextPipeline.open(model, computing, planning)) {
      double open = (System.nanoTime() - start) / 1e9;
      planned.accept(pipeline.forecast(request));
      var timeline = new Timeline();
      var memory = new PeakMemory(computing.device());
      var made = pipeline.edit(request, timeline.and(memory).and(progress)).getFirst();
      timeline.end();
      var steps = timeline.seconds(Progress.Step.class);
      return new Measurement(
          made.picture().size(),
          pipeline.tokens(request),
          open,
          timeline.total(Progress.Text.class),
          timeline.total(Progress.Reference.class),
          timeline.total(Progress.Shared.class),
          steps.getFirst(),
          usual(request, steps.subList(1, steps.size())),
          timeline.total(Progress.Decoding.class),
          pipeline.stepWork(request).teraOperations(),
          new ProductSpeed(computing).measured(),
          memory.bytes(),
          request.fast(),
          made.spared());
    }
  }

  /// Where steps are alike, their median; where some are spared, the mean.
  private static double usual(EditRequest request, List<Double> steps) {
    return request.fast().isExact()
        ? median(steps)
        : steps.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /// In 10^12 operations a second, while steps are made.
  public double speed() {
    return work / step;
  }

  /// Of what a large product reaches.
  public double share() {
    return speed() / product;
  }

  /// An edit of so many steps by a model that is open, computed from the parts.
  public double whole(int steps) {
    return text + references + shared + first + (steps - 1) * step + decoding;
  }
}
