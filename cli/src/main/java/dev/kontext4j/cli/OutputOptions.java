package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.output.DefaultName;
import dev.kontext4j.cli.output.Destination;
import dev.kontext4j.cli.output.FreeNames;
import dev.kontext4j.cli.output.NamedFiles;
import dev.kontext4j.cli.output.OutputFormat;
import dev.kontext4j.cli.output.OutputPlace;
import dev.kontext4j.cli.output.StandardOutput;
import dev.kontext4j.cli.output.StandardStream;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.source.InputPicture;
import dev.kontext4j.cli.source.PictureSource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where results go.
final class OutputOptions {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE|DIR/|-",
      hideParamSyntax = true,
      description =
          "File to write, by its end .png, .jpg or .webp; it is overwritten. Several pictures get"
              + " numbers: out-1.png, out-2.png. A folder: a new name there. -: standard output"
              + " (default: a new name here, such as photo-edited.png).")
  private @Nullable String output;

  @Mixin private final FormatOptions format = new FormatOptions();

  @Option(
      names = "--force",
      description = "Overwrite files that exist where -o does not name the very file.")
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

  @Option(names = "--no-recipe", description = "Do not write into the picture how it was made.")
  private boolean noRecipe;

  /// Accepted, because scripts may say it; there is no other way of writing yet.
  @Option(
      names = "--as-generated",
      description = "Write the picture exactly as the model gave it (always so today).")
  void asGenerated(boolean always) {}

  /// The place for `count` pictures, after making sure that they can be written.
  Destination destination(int count, DefaultName name) {
    var destination = place(count, name);
    destination.require();
    return destination;
  }

  private Destination place(int count, DefaultName name) {
    if (STANDARD_OUTPUT.equals(output)) {
      requireOne(count);
      return StandardOutput.ofProcess();
    }
    if (output != null && !isFolder(output)) {
      return new NamedFiles(Path.of(output), count, force);
    }
    Path folder = Path.of(output == null ? "" : output);
    return new FreeNames(folder, name.stem(), format(name).suffix(), force);
  }

  /// Makes sure that what is written besides the pictures takes the place of none of the pictures,
  /// those that go in and those that come out.
  ///
  /// @param preview the file for previews
  void requireApart(Optional<Path> preview, List<InputPicture> pictures, int count) {
    var taken = new HashMap<Path, String>();
    for (InputPicture picture : pictures) {
      if (picture.source() instanceof PictureSource.LocalFile(Path path)) {
        taken.put(path, "the picture that goes in");
      }
    }
    if (output != null && !output.equals(STANDARD_OUTPUT) && !isFolder(output)) {
      new NamedFiles(Path.of(output), count, force).files().forEach(f -> taken.put(f, "-o"));
    }
    Optional.ofNullable(latents).ifPresent(file -> requireFree(taken, "--save-latents", file));
    preview.ifPresent(file -> requireFree(taken, "--preview-file", file));
  }

  private static void requireFree(Map<Path, String> taken, String option, Path file) {
    taken.forEach((other, what) -> {
      if (OutputPlace.same(other, file)) {
        throw new UsageException("%s and %s are the same file, %s".formatted(option, what, file));
      }
    });
    taken.put(file, option);
  }

  /// Makes sure, before anything is fetched, that the name that was given means a format.
  void requireFormat() {
    format(DefaultName.NEW);
  }

  /// The format that the pictures are written in.
  private OutputFormat format(DefaultName name) {
    boolean named = output != null && !output.equals(STANDARD_OUTPUT) && !isFolder(output);
    return format.format(named ? Optional.of(Path.of(output)) : Optional.empty(), name);
  }

  Encoding encoding(DefaultName name) {
    return format.encoding(format(name));
  }

  private static boolean isFolder(String output) {
    return output.endsWith("/")
        || output.endsWith(File.separator)
        || Files.isDirectory(Path.of(output));
  }

  private void requireOne(int count) {
    if (count > 1) {
      throw new UsageException("-o - takes one picture; name a file or a folder for " + count);
    }
    if (json) {
      throw new UsageException("-o - and --json both want standard output; name a file");
    }
    if (StandardStream.OUTPUT.mayBeTerminal()) {
      throw new UsageException(
          "-o - would fill this terminal with the picture's bytes; name a file");
    }
  }

  /// The file for the latents, after making sure that it can be written.
  Optional<Path> latents() {
    if (latents != null) {
      OutputPlace.of(latents).require();
    }
    return Optional.ofNullable(latents);
  }

  /// Whether pictures carry how they were made.
  boolean recipe() {
    return !noRecipe;
  }

  boolean json() {
    return json;
  }

  /// Whether paths are told on standard output, one a line.
  boolean paths() {
    return !json && !STANDARD_OUTPUT.equals(output);
  }

  List<String> withoutEffect(DefaultName name) {
    return format.withoutEffect(format(name));
  }
}
