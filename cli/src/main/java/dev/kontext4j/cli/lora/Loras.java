package dev.kontext4j.cli.lora;

import dev.kontext4j.lora.Adapter;
import dev.kontext4j.lora.Adapters;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.PerNetwork;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The adapters of a run.
///
/// @param lenient whether keys that match nothing are passed over
/// @param packsAgain whether packed weights are packed again when they have been changed
public record Loras(List<LoraChoice> choices, boolean lenient, boolean packsAgain) {
  public static final Loras NONE = new Loras(List.of(), false, false);

  public Loras {
    choices = List.copyOf(choices);
  }

  /// Opens them and has a model's weights merged with them, and with no others, from now on. Only
  /// weights that these or the ones before them touch are read anew.
  ///
  /// @param say is told what each adapter is
  /// @return what is to be closed after the model
  public Adapters merge(KontextPipeline pipeline, Consumer<String> say) {
    var names = names(pipeline.parameters());
    var adapters = packsAgain ? new Adapters().packingAgain() : new Adapters();
    try {
      for (LoraChoice choice : choices) {
        var adapter = Adapter.open(choice.file(), names, lenient);
        adapters.with(adapter, choice.scale(), choice.blocks());
        say.accept(choice.name() + ": " + adapter.summary().line());
      }
    } catch (RuntimeException e) {
      adapters.close();
      throw e;
    }
    pipeline.overlay(
        new PerNetwork<>(
            adapters.overlay(Part.TRANSFORMER),
            adapters.overlay(Part.CLIP),
            adapters.overlay(Part.T5)));
    return adapters;
  }

  /// What a model's networks and their layers are called.
  public static NetworkNames names(PerNetwork<Map<String, long[]>> parameters) {
    var names = new NetworkNames();
    for (AdaptedNetwork network : AdaptedNetwork.values()) {
      names.with(network.part(), network.of(parameters), network.layouts());
    }
    return names;
  }
}
