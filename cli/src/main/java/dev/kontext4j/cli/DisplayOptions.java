package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.output.OutputFormat;
import dev.kontext4j.cli.output.OutputPlace;
import dev.kontext4j.cli.progress.LiveLine;
import dev.kontext4j.cli.progress.PlainLines;
import dev.kontext4j.cli.progress.PreviewFile;
import dev.kontext4j.cli.progress.RunDisplay;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryInUse;
import dev.kontext4j.sampler.Progress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What is shown while a run goes on.
final class DisplayOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but what went wrong.")
  private boolean quiet;

  @Option(
      names = "--preview",
      description =
          "Show the picture so far in the terminal: as Kitty, iTerm2 or Sixel know pictures, else in"
              + " coloured half blocks.")
  private boolean preview;

  @Option(
      names = "--preview-file",
      paramLabel = "FILE",
      description = "Write the picture so far to a file, again after each step.")
  private @Nullable Path previewFile;

  /// The display for a run: on a terminal one line that changes, else plain lines.
  RunDisplay open(Device device) {
    if (quiet) {
      return RunDisplay.SILENT;
    }
    Main main = (Main) command.root().userObject();
    return main.screen()
        .<RunDisplay>map(screen -> new LiveLine(screen, preview, () -> MemoryInUse.on(device)))
        .orElseGet(this::plain);
  }

  private RunDisplay plain() {
    var lines = new PlainLines(command.commandLine().getErr());
    if (preview) {
      lines.say("--preview has no effect: it needs a terminal for input and for standard error");
    }
    return lines;
  }

  Optional<Path> previewFile() {
    return Optional.ofNullable(previewFile);
  }

  /// The file for previews, after making sure that it can be written.
  Progress previews(RunDisplay display) {
    if (previewFile == null) {
      return Progress.SILENT;
    }
    var format =
        OutputFormat.ofName(previewFile.toString())
            .orElseThrow(() ->
                new UsageException(
                    "--preview-file %s: the name must end in .png, .jpg or .webp"
                        .formatted(previewFile)));
    OutputPlace.of(previewFile).require();
    return new PreviewFile(previewFile, FormatOptions.usual(format), display);
  }
}
