package dev.kontext4j.sampler.plan;

import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.transformer.clip.ClipTextEncoder;
import dev.kontext4j.transformer.t5.StatesMemory;
import dev.kontext4j.transformer.t5.T5Encoder;
import java.util.List;

/// What the text encoders take.
///
/// @param states what T5's states take to compute
/// @param clip all of CLIP's weights
public record TextSizes(List<GroupSize> t5, StatesMemory states, long clip) {
  public TextSizes {
    t5 = List.copyOf(t5);
  }

  /// As their headers tell.
  public static TextSizes of(ModelPart<ClipTextEncoder> clip, ModelPart<T5Encoder> t5) {
    long all = clip.sizes().stream().mapToLong(GroupSize::kept).sum();
    return new TextSizes(t5.sizes(), t5.network().memory(), all);
  }
}
