package dev.kontext4j.transformer.convert;

/// What weights may be converted to.
public enum Target {
  /// All in bf16, under the names that they have.
  BF16,
  /// 8-bit matrices with a scale each, as ComfyUI reads them; the rest as it is.
  FP8_SCALED,
  /// A GGUF file with 8-bit blocks.
  Q8_0,
  /// Diffusers' names, elements as they are.
  DIFFUSERS,
  /// The original release's names, elements as they are.
  BFL
}
