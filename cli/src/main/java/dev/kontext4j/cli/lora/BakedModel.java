package dev.kontext4j.cli.lora;

import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.AtomicFolder;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.lora.files.Baking;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/// A model folder with adapters merged into its weights. It is made under a passing name beside its
/// place and moved there when it is whole.
public record BakedModel(ModelFolder model, Loras loras) {
  /// Writes the folder, which must not be there yet.
  public void write(Path result) {
    Path place = result.toAbsolutePath().normalize();
    Path beside = place.getParent();
    if (Files.exists(place) || beside == null || !Files.isDirectory(beside)) {
      throw new InputException(
          result
              + (Files.exists(place) ? " is there already" : " has no folder to be in")
              + "; name a new folder");
    }
    try (var folder = AtomicFolder.at(place);
        var pipeline = KontextPipeline.open(model.parts(), DType.F32, Device.CPU);
        var adapters = loras.merge(pipeline, _ -> {})) {
      var parameters = pipeline.parameters();
      for (AdaptedNetwork network : AdaptedNetwork.values()) {
        var tensors = network.of(parameters).keySet();
        bake(network, tensors, adapters.overlay(network.part()), folder.path());
      }
      fill(folder.path());
      folder.commit();
    } catch (IOException e) {
      throw new WriteException(result.toString(), e);
    }
  }

  private void bake(AdaptedNetwork network, Set<String> tensors, Overlay overlay, Path into)
      throws IOException {
    if (tensors.stream().noneMatch(overlay::touches)) {
      return;
    }
    String folder = network.kind().folder();
    Path target = Files.createDirectory(into.resolve(folder));
    String file =
        network == AdaptedNetwork.TRANSFORMER
            ? "diffusion_pytorch_model.safetensors"
            : "model.safetensors";
    try (var checkpoint = Checkpoint.open(model.part(folder))) {
      new Baking(checkpoint, network.layouts(), tensors, overlay).write(target.resolve(file));
    }
  }

  /// All that has not been made anew.
  private void fill(Path into) throws IOException {
    var baked =
        Stream.of(AdaptedNetwork.values())
            .map(network -> network.kind().folder())
            .filter(part -> Files.isDirectory(into.resolve(part)))
            .toList();
    for (var file : model.parts().files().entrySet()) {
      String name = file.getKey();
      boolean weights = name.endsWith(".safetensors") || name.endsWith(".safetensors.index.json");
      boolean made = weights && baked.stream().anyMatch(part -> name.startsWith(part + "/"));
      if (!made) {
        Path target = into.resolve(name);
        Files.createDirectories(target.getParent());
        link(file.getValue().toRealPath(), target);
      }
    }
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException _) {
      Files.copy(file, target);
    }
  }
}
