package dev.kontext4j.sampler.plan;

import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.transformer.flux.StepWork;
import java.util.List;

/// How long a run will take, computed. Weights come from memory here, not from a disk, and the
/// autoencoder's work is left out.
///
/// @param loading all weights that are used, once
/// @param computing a step's arithmetic
/// @param copying what a step reads, meanwhile
/// @param steps all of them
public record TimeForecast(double loading, double computing, double copying, double steps) {
  /// Of the speed of a plain product that a step reaches.
  private static final double SHARE = 0.75;

  public static TimeForecast of(
      ModelSizes model, Demand demand, MemoryForecast memory, Speed speed) {
    double work =
        StepWork.of(model.flux(), demand.tokens()).times(demand.prompts()).teraOperations();
    double computing = work / (SHARE * speed.product());
    double copying = demand.prompts() * memory.readEachStep() / speed.copy();
    double loading =
        (stored(model.transformer())
                + stored(model.text().t5())
                + model.text().clip()
                + model.autoencoder())
            / speed.copy();
    return new TimeForecast(
        loading, computing, copying, demand.steps() * Math.max(computing, copying));
  }

  private static double stored(List<GroupSize> sizes) {
    return sizes.stream().mapToLong(GroupSize::stored).sum();
  }

  /// Whether a step waits for weights.
  public boolean waits() {
    return copying > computing;
  }

  public double whole() {
    return loading + steps;
  }
}
