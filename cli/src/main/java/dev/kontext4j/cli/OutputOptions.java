package dev.kontext4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
      description = "PNG file to write; several pictures become FILE-1.png, FILE-2.png, ...")
  private Path file = Path.of("");

  @Option(
      names = "--save-latents",
      paramLabel = "FILE",
      description = "Also write the last latents, packed, as safetensors (f32).")
  private @Nullable Path latents;

  @Option(names = "--force", description = "Overwrite numbered files that exist.")
  private boolean force;

  /// Accepted, because scripts may say it; there is no other way of writing yet.
  @Option(
      names = "--as-generated",
      description = "Write the picture exactly as the model gave it (always so today).")
  void asGenerated(boolean always) {}

  /// The files of `count` pictures, after making sure that they can be written: a run of minutes
  /// should not fail at its end.
  List<Path> files(int count) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (!name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
      throw new InputException(
          "-o " + file + ": the name must end in .png, the format that is written");
    }
    requireFolder(file);
    if (count == 1) {
      return List.of(file);
    }
    String stem = name.substring(0, name.length() - SUFFIX.length());
    var files =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> file.resolveSibling(stem + "-" + i + SUFFIX))
            .toList();
    files.forEach(this::requireFree);
    return files;
  }

  /// The file for the latents, or null.
  @Nullable Path latents() {
    if (latents != null) {
      requireFolder(latents);
    }
    return latents;
  }

  private void requireFree(Path numbered) {
    if (!force && Files.exists(numbered)) {
      throw new InputException(numbered + " exists already; choose another -o or add --force");
    }
  }

  private static void requireFolder(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException(
          "There is no folder "
              + folder
              + " to write "
              + file.getFileName()
              + " to; make it first");
    }
    if (!Files.isWritable(folder)) {
      throw new InputException(folder + " cannot be written to; choose another place with -o");
    }
  }
}
