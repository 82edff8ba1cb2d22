package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.lora.change.Misfit;
import dev.kontext4j.lora.files.KeyStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The LoRA file that a command makes.
final class LoraFileOptions {
  @Option(
      names = "--to",
      paramLabel = "diffusers|kohya|bfl",
      defaultValue = "kohya",
      description =
          "The form of a LoRA file; bfl is the original release's names, as ComfyUI takes them"
              + " (default: ${DEFAULT-VALUE}).")
  private KeyStyle style = KeyStyle.KOHYA;

  @Option(
      names = "--rank",
      paramLabel = "N",
      converter = Numbers.Rank.class,
      description = "The most that a layer's rank may be; what has more is brought to the nearest.")
  private @Nullable Integer rank;

  @Option(
      names = "--dtype",
      paramLabel = "f32|bf16",
      defaultValue = "f32",
      description = "Element type of the file (default: ${DEFAULT-VALUE}).")
  private FileType dtype = FileType.F32;

  /// What LoRAs are written in.
  enum FileType {
    F32,
    BF16
  }

  KeyStyle style() {
    return style;
  }

  OptionalLong rank() {
    return rank == null ? OptionalLong.empty() : OptionalLong.of(rank);
  }

  DType dtype() {
    return dtype == FileType.F32 ? DType.F32 : DType.BF16;
  }

  /// What the file says of its making.
  static Map<String, String> origin(String what) {
    return Map.of("software", "kontext4j " + Version.number(), "made-from", what);
  }

  /// Where the result goes, which must not be one of the inputs' places.
  static Path place(Path result) {
    Path folder = result.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException("There is no folder for " + result + "; make it or name another");
    }
    if (Files.isDirectory(result)) {
      throw new InputException(result + " is a folder; name a file");
    }
    return result;
  }

  /// Writing that may find out that something cannot be said in the file's form.
  @FunctionalInterface
  interface Writing<T> {
    T write() throws IOException;
  }

  /// Writes, and returns what there is to say of it.
  static <T> T write(Path result, Writing<T> writing) {
    try {
      return writing.write();
    } catch (Misfit e) {
      throw new InputException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new WriteException(result.toString(), e);
    }
  }
}
