package dev.kontext4j.cli;

import dev.kontext4j.cli.lora.LoraChoice;
import dev.kontext4j.cli.lora.LoraFolders;
import dev.kontext4j.cli.lora.Loras;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The adapters that a model is to be changed by.
final class LoraOptions {
  @Option(
      names = "--lora",
      paramLabel = "FILE|NAME[:SCALE][@BLOCKS]",
      description =
          "Change the model by a LoRA (LoKr, LoHa, DoRA ...) in any trainer's form; may be"
              + " repeated, in any order. BLOCKS: double.0-9,single.20-37, clip, t5, other, or"
              + " /REGEX/ for the network's names of tensors.")
  private List<String> loras = List.of();

  @Option(
      names = "--lora-lenient",
      description = "Pass over keys of a LoRA that match nothing in the model.")
  private boolean lenient;

  @Option(
      names = "--lora-packed",
      description =
          "Of a packed model (fp8, GGUF), keep the weights that a LoRA changes in 8 bits instead of"
              + " the type of the computation.")
  private boolean packed;

  @Option(
      names = "--lora-folder",
      paramLabel = "DIR",
      description =
          "Where LoRAs are looked for that are named without a path, before the usual"
              + " ~/.local/share/kontext4j/loras.")
  private @Nullable Path folder;

  Loras loras() {
    var folders = LoraFolders.of(Optional.ofNullable(folder));
    var choices = loras.stream().map(text -> LoraChoice.parse(text, folders)).toList();
    return new Loras(choices, lenient, packed);
  }
}
