package dev.kontext4j.cli;

import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.sampler.text.KnownTexts;
import dev.kontext4j.sampler.text.TextFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Whether what text encoders make of prompts is kept from run to run.
final class TextCacheOptions {
  /// The fallback keeps the option from turning a settled `true` into its opposite.
  @Option(
      names = "--no-text-cache",
      fallbackValue = "true",
      description =
          "Neither keep what the text encoders make of the prompt, nor take what was kept before."
              + " Else they are not loaded for a prompt that they have read once, and the picture is"
              + " the same.")
  private boolean off;

  /// Where they are kept.
  static Path folder() {
    return CacheFolder.named("text");
  }

  /// Those that are kept, unless they shall not be.
  KnownTexts open() {
    return off
        ? KnownTexts.NONE
        : new TextFolder(folder(), TextFolder.USUAL_BOUND, RememberedHashes.ofUser()::knownByNow);
  }
}
