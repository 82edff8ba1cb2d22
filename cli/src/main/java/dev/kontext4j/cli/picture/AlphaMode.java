package dev.kontext4j.cli.picture;

/// What becomes of transparency, which the model does not know.
public enum AlphaMode {
  /// The picture is laid over white.
  WHITE,
  /// Alpha is forgotten and the colours stay as stored, as Pillow's `convert("RGB")` does.
  DROP
}
