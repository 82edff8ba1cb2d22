package dev.kontext4j.vae;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Conv2d;
import dev.kontext4j.engine.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/// From pixels to the means and log variances of a latent: resolutions halve, channels grow.
record Encoder(Stages stages) implements Stage {

  static Encoder load(Weights weights, VaeConfig config) {
    var widths = config.widths();
    var stages = new ArrayList<Stage>();
    stages.add(
        Conv2d.load(weights.at("conv_in"), config.inChannels(), widths.getFirst(), 3)::forward);
    int in = widths.getFirst();
    for (int i = 0; i < widths.size(); i++) {
      boolean last = i == widths.size() - 1;
      int out = widths.get(i);
      stages.addAll(downBlock(weights.at("down_blocks").at(i), in, out, last, config));
      in = out;
    }
    stages.add(MidBlock.load(weights.at("mid_block"), config));
    stages.addAll(
        NormalisedConv.load(
            weights.at("conv_norm_out"),
            weights.at("conv_out"),
            in,
            2 * config.latentChannels(),
            config));
    return new Encoder(new Stages(stages));
  }

  private static List<Stage> downBlock(
      Weights weights, int in, int out, boolean last, VaeConfig config) {
    var stages = new ArrayList<Stage>();
    for (int i = 0; i < config.resnets(); i++) {
      stages.add(ResnetBlock.load(weights.at("resnets").at(i), i == 0 ? in : out, out, config));
    }
    if (!last) {
      var conv = weights.at("downsamplers").at(0).at("conv");
      stages.add(x -> x.padRightBelow(1));
      stages.add(Conv2d.load(conv, out, out, 3, 2, 0)::forward);
    }
    return stages;
  }

  @Override
  public Tensor forward(Tensor pixels) {
    return stages.forward(pixels);
  }
}
