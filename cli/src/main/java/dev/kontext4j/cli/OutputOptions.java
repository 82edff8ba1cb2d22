package dev.kontext4j.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where results go.
final class OutputOptions {
  private static final String SUFFIX = ".png";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description =
          "PNG file to write. Several pictures get numbers: out.png becomes out-1.png, out-2.png.")
  private Path file = Path.of("");

  @Option(
      names = "--force",
      description = "Overwrite numbered files that exist (the file of -o is always overwritten).")
  private boolean force;

  @Option(
      names = "--json",
      description = "Report files, seeds, sizes and times as JSON on standard output.")
  private boolean json;

  @Option(
      names = "--save-latents",
      paramLabel = "FILE",
      description = "Also write the last latents, packed, as safetensors in f32.")
  private @Nullable Path latents;

  /// Accepted, because scripts may say it; there is no other way of writing yet.
  @Option(
      names = "--as-generated",
      description = "Write the picture exactly as the model gave it (always so today).")
  void asGenerated(boolean always) {}

  /// The files of `count` pictures, after making sure that they can be written: a run of minutes
  /// should not fail at its end.
  List<Path> files(int count) {
    var files = named(count);
    if (latents != null && files.contains(latents)) {
      throw new UsageException("--save-latents and -o name the same file, " + latents);
    }
    OutputPlace.of(file).require();
    if (count > 1 && !force) {
      files.forEach(numbered -> OutputPlace.of(numbered).requireFree());
    }
    return files;
  }

  private List<Path> named(int count) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (!name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
      throw new UsageException(
          "-o " + file + ": the name must end in .png; PNG is what is written");
    }
    String stem = name.substring(0, name.length() - SUFFIX.length());
    return count == 1
        ? List.of(file)
        : IntStream.rangeClosed(1, count)
            .mapToObj(i -> file.resolveSibling(stem + "-" + i + SUFFIX))
            .toList();
  }

  /// The file for the latents, after making sure that it can be written.
  Optional<Path> latents() {
    if (latents != null) {
      OutputPlace.of(latents).require();
    }
    return Optional.ofNullable(latents);
  }

  boolean json() {
    return json;
  }
}
