package dev.kontext4j.lora;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.TestDevice;
import dev.kontext4j.transformer.clip.ClipLayouts;
import dev.kontext4j.transformer.clip.ClipTextEncoder;
import dev.kontext4j.transformer.flux.FluxLayouts;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.t5.T5Encoder;
import dev.kontext4j.transformer.t5.T5Layouts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The networks of the tiny model, down to their weights.
public final class TinyNetworks implements AutoCloseable {
  private final ModelPart<Map<String, Parameter>> transformer;
  private final ModelPart<Map<String, Parameter>> clip;
  private final NetworkNames names = new NetworkNames();

  /// Opens them.
  public TinyNetworks() {
    var shapes = transformerShapes();
    transformer = weights("transformer", FluxLayouts.ALL, shapes);
    names.with(Part.TRANSFORMER, shapes, FluxLayouts.ALL);
    try (var encoder = ClipTextEncoder.open(folder("text_encoder"), DType.F32, TestDevice.get())) {
      clip = weights("text_encoder", ClipLayouts.ALL, encoder.parameters());
      names.with(Part.CLIP, encoder.parameters(), ClipLayouts.ALL);
    }
    try (var encoder = T5Encoder.open(folder("text_encoder_2"), DType.F32, TestDevice.get())) {
      names.with(Part.T5, encoder.parameters(), T5Layouts.ALL);
    }
  }

  private static Map<String, long[]> transformerShapes() {
    try (var part = FluxTransformer.open(folder("transformer"), DType.F32, TestDevice.get())) {
      return part.parameters();
    }
  }

  private static Path folder(String name) {
    return GoldenFiles.path("model/" + name);
  }

  private static ModelPart<Map<String, Parameter>> weights(
      String name, List<Layout> layouts, Map<String, long[]> shapes) {
    return ModelPart.open(
        PartFiles.folder(folder(name)),
        layouts,
        Computing.exactly(DType.F32, TestDevice.get()),
        (weights, _) -> {
          var parameters = new LinkedHashMap<String, Parameter>();
          shapes.forEach(
              (tensor, shape) -> parameters.put(tensor, weights.parameter(tensor, shape)));
          return parameters;
        });
  }

  /// What they and their layers are called.
  public NetworkNames names() {
    return names;
  }

  /// From now on weights are merged with these.
  public void under(Adapters adapters) {
    transformer.overlay(adapters.overlay(Part.TRANSFORMER));
    clip.overlay(adapters.overlay(Part.CLIP));
  }

  /// From now on weights are the model's own.
  public void bare() {
    transformer.overlay(Overlay.NONE);
    clip.overlay(Overlay.NONE);
  }

  /// A weight by the name that goldens give it: CLIP's begin with `clip/`.
  public Tensor weight(String golden) {
    boolean ofClip = golden.startsWith("clip/");
    var part = ofClip ? clip : transformer;
    String name = ofClip ? golden.substring("clip/".length()) : golden;
    return Objects.requireNonNull(part.network().get(name), golden).value();
  }

  @Override
  public void close() {
    transformer.close();
    clip.close();
  }
}
