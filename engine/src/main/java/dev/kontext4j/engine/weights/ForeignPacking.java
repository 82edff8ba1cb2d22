package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Ways to pack weights that are made for one program's own kernels, known by the names they use.
enum ForeignPacking {
  SVDQUANT("\\.(wscales|smooth_factor(_orig)?|proj_down|lora_down_bias)$", "nunchaku's SVDQuant"),
  BITSANDBYTES("\\.(absmax|quant_map|quant_state\\..*|SCB)$", "bitsandbytes"),
  AWQ_GPTQ("\\.(qweight|qzeros|g_idx)$", "AWQ or GPTQ");

  private static final List<ForeignPacking> ALL = List.of(values());

  private final String names;
  private final String title;

  ForeignPacking(String names, String title) {
    this.names = names;
    this.title = title;
  }

  /// Fails if a checkpoint is packed in one of these ways.
  static void refuse(Checkpoint checkpoint) {
    for (ForeignPacking packing : ALL) {
      Optional<String> name =
          checkpoint.names().stream()
              .filter(Pattern.compile(packing.names).asPredicate())
              .findFirst();
      name.ifPresent(found -> {
        throw new CheckpointException(
            "%s is packed by %s ('%s'), for its own program only; get the model in bf16, in fp8, or as GGUF"
                .formatted(checkpoint.path(), packing.title, found));
      });
    }
  }
}
