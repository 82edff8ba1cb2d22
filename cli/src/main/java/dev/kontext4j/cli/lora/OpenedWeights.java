package dev.kontext4j.cli.lora;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.PartFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Networks that are opened for their weights alone, in f32 and by the networks' own names.
public final class OpenedWeights implements AutoCloseable {
  private final List<ModelPart<Map<String, Parameter>>> parts = new ArrayList<>();

  /// Opens a network.
  ///
  /// @param shapes of all parameters
  public Map<String, Parameter> open(
      PartFiles files, List<Layout> layouts, Map<String, long[]> shapes) {
    var part =
        ModelPart.<Map<String, Parameter>>open(
            files,
            layouts,
            Computing.exactly(DType.F32, Device.CPU),
            (weights, _) -> {
              var parameters = new LinkedHashMap<String, Parameter>();
              shapes.forEach((name, shape) -> parameters.put(name, weights.parameter(name, shape)));
              return parameters;
            });
    parts.add(part);
    return part.network();
  }

  @Override
  public void close() {
    parts.forEach(ModelPart::close);
  }
}
