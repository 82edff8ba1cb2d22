package dev.kontext4j.cli;

import dev.kontext4j.cli.lora.LoraFolders;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.PerNetwork;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// For which model adapters are meant, and where they are.
final class LoraNames {
  @Option(
      names = "--model",
      paramLabel = "DIR|FILE|SET|toybox",
      description =
          "The model that the LoRA is for, whose sizes it must have (default: FLUX.1 Kontext [dev]"
              + " as it is published, which need not be here).")
  private @Nullable String model;

  @Option(
      names = "--lora-folder",
      paramLabel = "DIR",
      description = "Where LoRAs are looked for, as for edit.")
  private @Nullable Path folder;

  LoraFolders folders() {
    return LoraFolders.of(Optional.ofNullable(folder));
  }

  NetworkNames names() {
    if (model == null) {
      return Loras.names(PerNetwork.publishedParameters());
    }
    var files = ModelChoice.of(model).files();
    try (var pipeline = KontextPipeline.open(files, DType.F32, Device.CPU)) {
      return Loras.names(pipeline.parameters());
    }
  }
}
