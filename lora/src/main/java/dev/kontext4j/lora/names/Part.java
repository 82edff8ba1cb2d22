package dev.kontext4j.lora.names;

/// A network that adapters may change.
public enum Part {
  TRANSFORMER,
  CLIP,
  T5
}
