package dev.kontext4j.cli;

import dev.kontext4j.sampler.PartKind;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Parts of a model that come from other files than the rest.
final class PartOptions {
  private static final String PLACE = "FILE|DIR";

  @Option(
      names = "--transformer",
      paramLabel = PLACE,
      description =
          "Take the transformer from there: safetensors (BFL's, diffusers' or ComfyUI's, bf16 or"
              + " fp8) or GGUF.")
  private @Nullable Path transformer;

  @Option(names = "--vae", paramLabel = PLACE, description = "Take the VAE from there.")
  private @Nullable Path vae;

  @Option(
      names = "--clip",
      paramLabel = PLACE,
      description = "Take the CLIP text encoder from there.")
  private @Nullable Path clip;

  @Option(
      names = "--t5",
      paramLabel = PLACE,
      description = "Take the T5 encoder from there; safetensors or GGUF.")
  private @Nullable Path t5;

  @Option(
      names = "--tokenizers",
      paramLabel = "DIR",
      description =
          "Folder with tokenizer/ and tokenizer_2/ (default: the model's, else the published ones).")
  private @Nullable Path tokenizers;

  Map<PartKind, Path> named() {
    var named = new EnumMap<PartKind, Path>(PartKind.class);
    put(named, PartKind.TRANSFORMER, transformer);
    put(named, PartKind.VAE, vae);
    put(named, PartKind.CLIP, clip);
    put(named, PartKind.T5, t5);
    return named;
  }

  Optional<Path> tokenizers() {
    return Optional.ofNullable(tokenizers);
  }

  private static void put(Map<PartKind, Path> named, PartKind kind, @Nullable Path path) {
    if (path != null) {
      named.put(kind, path);
    }
  }
}
