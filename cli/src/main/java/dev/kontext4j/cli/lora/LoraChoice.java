package dev.kontext4j.cli.lora;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.lora.BlockChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An adapter as it was asked for: `FILE|NAME[:SCALE][@BLOCKS]`.
public record LoraChoice(Path file, double scale, BlockChoice blocks) {
  private static final double MOST = 100;

  // The shortest name that leaves a scale and blocks; so a name may hold : and @ as well.
  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>.+?)(?::(?<scale>[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?))?(?:@(?<blocks>/.+/|[A-Za-z0-9.,-]+))?");

  public static LoraChoice parse(String text, LoraFolders folders) {
    var whole = folders.find(text);
    if (whole.isPresent()) {
      return new LoraChoice(whole.get(), 1, BlockChoice.ALL);
    }
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UsageException("--lora \"" + text + "\" is not FILE[:SCALE][@BLOCKS]");
    }
    double scale = scale(form);
    var blocks = blocks(form);
    return new LoraChoice(folders.file(form.group("name")), scale, blocks);
  }

  private static double scale(Matcher form) {
    String text = form.group("scale");
    try {
      double scale = text == null ? 1 : Double.parseDouble(text);
      if (Math.abs(scale) <= MOST) {
        return scale;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new UsageException(
        "--lora: the scale %s is no number from -%.0f to %.0f".formatted(text, MOST, MOST));
  }

  private static BlockChoice blocks(Matcher form) {
    String text = form.group("blocks");
    try {
      return text == null ? BlockChoice.ALL : BlockChoice.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--lora: " + e.getMessage());
    }
  }

  /// What tells the file from others.
  public Sha256 sha256() throws IOException {
    return Sha256.of(file);
  }

  /// The file's name without its folder.
  public String name() {
    return String.valueOf(file.getFileName());
  }
}
