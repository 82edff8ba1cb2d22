package dev.kontext4j.testkit;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// A copy of a model's folder, to be changed, and written elsewhere: for tests of what else can be
/// loaded and what is refused.
///
/// @param tensors by name, in the scope that is open; the map may be changed
public record ModelCopy(String config, Map<String, Tensor> tensors) {

  public static ModelCopy of(Path folder) throws IOException {
    var tensors = new LinkedHashMap<String, Tensor>();
    try (var checkpoint = Checkpoint.open(folder)) {
      checkpoint.names().forEach(name -> tensors.put(name, checkpoint.tensor(name)));
    }
    return new ModelCopy(Files.readString(folder.resolve("config.json")), tensors);
  }

  public ModelCopy renamed(UnaryOperator<String> rename) {
    var renamed = new LinkedHashMap<String, Tensor>();
    tensors.forEach((name, tensor) -> renamed.put(rename.apply(name), tensor));
    return new ModelCopy(config, renamed);
  }

  /// Writes `config.json` and one file of weights into a folder, and returns that.
  public Path write(Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    var writer = SafetensorsWriter.to(folder.resolve("model.safetensors"));
    tensors.forEach((name, tensor) ->
        writer.tensor(
            name,
            tensor.dtype(),
            LongStream.of(tensor.shape()).boxed().toList(),
            sink -> sink.write(tensor.toBytes())));
    writer.write();
    return folder;
  }
}
