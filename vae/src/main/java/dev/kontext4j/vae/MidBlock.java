package dev.kontext4j.vae;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Weights;
import java.util.ArrayList;

/// What encoder and decoder do at the lowest resolution.
record MidBlock(Stages stages) implements Stage {

  static MidBlock load(Weights weights, VaeConfig config) {
    int c = config.lowestWidth();
    var stages = new ArrayList<Stage>();
    stages.add(ResnetBlock.load(weights.at("resnets").at(0), c, c, config));
    if (config.midAttention()) {
      stages.add(MidAttention.load(weights.at("attentions").at(0), config));
    }
    stages.add(ResnetBlock.load(weights.at("resnets").at(1), c, c, config));
    return new MidBlock(new Stages(stages));
  }

  @Override
  public Tensor forward(Tensor x) {
    return stages.forward(x);
  }
}
