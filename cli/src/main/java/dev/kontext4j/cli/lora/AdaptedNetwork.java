package dev.kontext4j.cli.lora;

import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.sampler.PartKind;
import dev.kontext4j.sampler.PerNetwork;
import dev.kontext4j.transformer.clip.ClipLayouts;
import dev.kontext4j.transformer.flux.FluxLayouts;
import dev.kontext4j.transformer.t5.T5Layouts;
import java.util.List;

/// The networks that adapters may change, as adapters, models and files know them.
public enum AdaptedNetwork {
  TRANSFORMER(Part.TRANSFORMER, PartKind.TRANSFORMER),
  CLIP(Part.CLIP, PartKind.CLIP),
  T5(Part.T5, PartKind.T5);

  private final Part part;
  private final PartKind kind;

  AdaptedNetwork(Part part, PartKind kind) {
    this.part = part;
    this.kind = kind;
  }

  public Part part() {
    return part;
  }

  public PartKind kind() {
    return kind;
  }

  public List<Layout> layouts() {
    return switch (this) {
      case TRANSFORMER -> FluxLayouts.ALL;
      case CLIP -> ClipLayouts.ALL;
      case T5 -> T5Layouts.ALL;
    };
  }

  /// What is this network's.
  public <T> T of(PerNetwork<T> all) {
    return switch (this) {
      case TRANSFORMER -> all.transformer();
      case CLIP -> all.clip();
      case T5 -> all.t5();
    };
  }
}
