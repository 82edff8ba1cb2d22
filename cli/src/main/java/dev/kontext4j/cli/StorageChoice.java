package dev.kontext4j.cli;

import dev.kontext4j.engine.quant.BlockType;
import dev.kontext4j.engine.weights.Storage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How the published model may be stored: `bf16`, `fp8`, or one of GGUF's types.
record StorageChoice(String name, Storage transformer) {
  static final StorageChoice BF16 = new StorageChoice("bf16", Storage.BF16);

  /// T5's file to go with it: whole for a whole transformer, else of 8 bits.
  Storage t5() {
    return transformer.packed() ? Storage.FP8 : Storage.BF16;
  }

  private static Optional<StorageChoice> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "bf16" -> Optional.of(BF16);
      case "fp8" -> Optional.of(new StorageChoice("fp8", Storage.FP8));
      default ->
          BlockType.named(name.toUpperCase(Locale.ROOT))
              .map(type -> new StorageChoice(type.name(), Storage.of(type)));
    };
  }

  /// Reads a name.
  static final class Converter implements ITypeConverter<StorageChoice> {
    @Override
    public StorageChoice convert(String text) {
      return named(text.strip())
          .orElseThrow(() ->
              new TypeConversionException(
                  "'%s' is not a way to store a model; name one of %s".formatted(text, names())));
    }

    private static String names() {
      return Stream.concat(
              Stream.of("bf16", "fp8"), Arrays.stream(BlockType.values()).map(BlockType::name))
          .collect(Collectors.joining(", "));
    }
  }
}
