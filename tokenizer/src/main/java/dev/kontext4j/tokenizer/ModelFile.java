package dev.kontext4j.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads a tokenizer's files whole: the biggest that is published has 2.4 MB.
final class ModelFile {
  private static final long LARGEST = 256L << 20;
  private static final String CURE =
      "Fetch the model's folders tokenizer and tokenizer_2 as diffusers lays them out";

  private ModelFile() {}

  /// The first of `names` that is in `folder`.
  static Path first(Path folder, String... names) {
    for (var name : names) {
      if (Files.exists(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    String problem =
        Files.isDirectory(folder)
            ? "holds no tokenizer (" + String.join(" or ", names) + ")"
            : "no such folder";
    throw new TokenizerException(folder, problem, CURE);
  }

  static String text(Path file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw TokenizerException.damaged(file, "too big for a tokenizer's file", null);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new TokenizerException(file, "no such file", CURE, e);
    } catch (IOException e) {
      throw new TokenizerException(
          file, "cannot be read (" + e.getMessage() + ")", "Check that it is a readable file", e);
    }
  }
}
