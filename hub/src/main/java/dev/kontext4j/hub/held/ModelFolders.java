package dev.kontext4j.hub.held;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where other programs keep models on this machine, as far as they can be found.
public final class ModelFolders {
  /// Of ComfyUI's folders those that hold what we look for.
  private static final List<String> OF_COMFYUI =
      List.of("diffusion_models", "unet", "vae", "clip", "text_encoders", "checkpoints");

  private ModelFolders() {}

  /// All that are there.
  public static List<Path> find(Function<String, @Nullable String> variables, Path home) {
    var folders = new ArrayList<Path>();
    folders.add(HuggingFaceCache.find(variables, home).path());
    Stream.of(
            named("COMFYUI_PATH", variables),
            Optional.of(home.resolve("ComfyUI")),
            Optional.of(home.resolve("comfy/ComfyUI")),
            Optional.of(home.resolve("Documents/ComfyUI")))
        .flatMap(Optional::stream)
        .flatMap(ModelFolders::ofComfyUi)
        .forEach(folders::add);
    folders.add(
        named("INVOKEAI_ROOT", variables).orElse(home.resolve("invokeai")).resolve("models"));
    return folders.stream().filter(Files::isDirectory).distinct().toList();
  }

  private static Stream<Path> ofComfyUi(Path root) {
    return OF_COMFYUI.stream().map(root.resolve("models")::resolve);
  }

  private static Optional<Path> named(
      String variable, Function<String, @Nullable String> variables) {
    return Optional.ofNullable(variables.apply(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
