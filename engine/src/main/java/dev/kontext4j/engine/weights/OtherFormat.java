package dev.kontext4j.engine.weights;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Files that are often taken for safetensors, known by how they begin.
enum OtherFormat {
  LFS("version ", "this is a git-lfs pointer, not the model: run 'git lfs pull'"),
  GGUF("GGUF", "this is a GGUF file, not safetensors"),
  ZIP("PK\003\004", "this is a zip or a PyTorch pickle: get the .safetensors version of the model"),
  PICKLE("\200\002", "this is a PyTorch pickle: get the .safetensors version of the model"),
  HTML("<!", "this is a web page, not a model: download the file itself, signed in if needed"),
  HTML_BARE(
      "<html", "this is a web page, not a model: download the file itself, signed in if needed");

  private static final OtherFormat[] VALUES = values();

  private final String begins;
  private final String advice;

  OtherFormat(String begins, String advice) {
    this.begins = begins;
    this.advice = advice;
  }

  /// What to tell someone whose file begins with these bytes.
  static Optional<String> advice(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    for (OtherFormat format : VALUES) {
      if (text.startsWith(format.begins)) {
        return Optional.of(format.advice);
      }
    }
    return Optional.empty();
  }
}
