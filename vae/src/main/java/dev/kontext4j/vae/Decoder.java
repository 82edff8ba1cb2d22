package dev.kontext4j.vae;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Conv2d;
import dev.kontext4j.engine.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/// From a latent to pixels: resolutions double, channels shrink.
record Decoder(Stages stages) implements Stage {

  static Decoder load(Weights weights, VaeConfig config) {
    var widths = config.widths().reversed();
    int in = widths.getFirst();
    var stages = new ArrayList<Stage>();
    stages.add(Conv2d.load(weights.at("conv_in"), config.latentChannels(), in, 3)::forward);
    stages.add(MidBlock.load(weights.at("mid_block"), config));
    for (int i = 0; i < widths.size(); i++) {
      boolean last = i == widths.size() - 1;
      int out = widths.get(i);
      stages.addAll(upBlock(weights.at("up_blocks").at(i), in, out, last, config));
      in = out;
    }
    stages.addAll(
        NormalisedConv.load(
            weights.at("conv_norm_out"), weights.at("conv_out"), in, config.outChannels(), config));
    return new Decoder(new Stages(stages));
  }

  private static List<Stage> upBlock(
      Weights weights, int in, int out, boolean last, VaeConfig config) {
    var stages = new ArrayList<Stage>();
    for (int i = 0; i <= config.resnets(); i++) {
      stages.add(ResnetBlock.load(weights.at("resnets").at(i), i == 0 ? in : out, out, config));
    }
    if (!last) {
      var conv = weights.at("upsamplers").at(0).at("conv");
      stages.add(Tensor::upsample2x);
      stages.add(Conv2d.load(conv, out, out, 3)::forward);
    }
    return stages;
  }

  @Override
  public Tensor forward(Tensor latent) {
    return stages.forward(latent);
  }
}
