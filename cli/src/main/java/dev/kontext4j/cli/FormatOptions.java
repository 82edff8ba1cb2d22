package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.output.DefaultName;
import dev.kontext4j.cli.output.OutputFormat;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.recipe.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What kind of file a picture becomes.
final class FormatOptions {
  private static final int JPEG_QUALITY = 92;
  private static final int WEBP_QUALITY = 90;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--format",
      paramLabel = "png|jpeg|webp",
      description =
          "Kind of file where no name tells (default: that of the first picture, or PNG).")
  private @Nullable OutputFormat format;

  @Option(
      names = "--quality",
      paramLabel = "N",
      converter = Numbers.Quality.class,
      description =
          "Quality of JPEG (default: "
              + JPEG_QUALITY
              + ") and lossy WebP (default: "
              + WEBP_QUALITY
              + "), 1 to 100.")
  private @Nullable Integer quality;

  @Option(
      names = "--progressive",
      description = "JPEG that appears as a whole from coarse to fine.")
  private boolean progressive;

  @Option(names = "--lossless", description = "WebP without loss.")
  private boolean lossless;

  /// The format that is meant.
  ///
  /// @param named the file that the user named
  OutputFormat format(Optional<Path> named, DefaultName otherwise) {
    if (named.isEmpty()) {
      return format != null ? format : otherwise.format();
    }
    String name = String.valueOf(named.get().getFileName());
    var told =
        OutputFormat.ofName(name)
            .orElseThrow(() ->
                new UsageException(
                    "-o " + named.get() + ": the name must end in .png, .jpg or .webp"));
    if (format != null && format != told && Typed.on(command, "--format")) {
      throw new UsageException(
          "-o %s and --format %s contradict".formatted(named.get(), Word.of(format)));
    }
    return told;
  }

  /// How a format is written if nothing else is said.
  static Encoding usual(OutputFormat format) {
    return new FormatOptions().encoding(format);
  }

  Encoding encoding(OutputFormat format) {
    return switch (format) {
      case PNG -> new Encoding.Png();
      case JPEG -> new Encoding.Jpeg(quality == null ? JPEG_QUALITY : quality, progressive);
      case WEBP ->
          new Encoding.Webp(
              lossless ? Optional.empty() : Optional.of(quality == null ? WEBP_QUALITY : quality));
    };
  }

  /// Options that were given and will do nothing, in words for the user.
  List<String> withoutEffect(OutputFormat format) {
    var words = new ArrayList<String>();
    if (progressive && format != OutputFormat.JPEG) {
      words.add("--progressive has no effect: only JPEG knows it");
    }
    if (lossless && format == OutputFormat.JPEG) {
      words.add("--lossless has no effect: JPEG always loses something");
    }
    boolean exact = format == OutputFormat.PNG || lossless;
    if (exact && Typed.on(command, "--quality")) {
      words.add("--quality has no effect: the picture is written without loss");
    }
    return words;
  }
}
