package dev.kontext4j.vae;

import dev.kontext4j.engine.nn.Conv2d;
import dev.kontext4j.engine.nn.GroupNorm;
import dev.kontext4j.engine.weights.Weights;
import java.util.List;

/// A 3x3 convolution behind a group norm and SiLU. Two stages and not one, so that what comes in is
/// freed as soon as it is normalised.
final class NormalisedConv {
  private NormalisedConv() {}

  static List<Stage> load(Weights norm, Weights conv, int in, int out, VaeConfig config) {
    var groupNorm = GroupNorm.load(norm, config.groups(), in, VaeConfig.EPS);
    return List.of(groupNorm::forwardSilu, Conv2d.load(conv, in, out, 3)::forward);
  }
}
