package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.settings.Styles;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.Prompt;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the picture shall show, and what not.
final class PromptOptions {
  private static final String NO_STYLE = "none";

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "What to do with the picture.")
  private @Nullable String prompt;

  @Option(
      names = "--style",
      paramLabel = "NAME",
      description =
          "Ask for a style, too, or for nothing else; kontext styles lists them. none: no style, if one"
              + " is settled.")
  private @Nullable String style;

  @Option(
      names = "--prompt-2",
      paramLabel = "TEXT",
      description = "Another text for the T5 encoder (default: that of -p).")
  private @Nullable String prompt2;

  @Option(
      names = "--negative",
      paramLabel = "TEXT",
      description = "What to steer away from; acts with --true-cfg above 1.")
  private @Nullable String negative;

  @Option(
      names = "--negative-2",
      paramLabel = "TEXT",
      description = "Another negative for the T5 encoder.")
  private @Nullable String negative2;

  @Option(
      names = "--true-cfg",
      paramLabel = "X",
      defaultValue = "1",
      converter = Numbers.TrueCfg.class,
      description =
          "How strongly to steer from the negative to the prompt. Above 1 each step computes twice"
              + " (default: ${DEFAULT-VALUE}, off).")
  private float trueCfg = 1;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description = "Bound for T5's tokens (default: the tokenizer's, at most 512).")
  private @Nullable Integer maxTokens;

  Prompt prompt() {
    if (prompt == null && !hasStyle()) {
      throw new UsageException(
          "what shall be done is missing; say it with -p TEXT or --style NAME");
    }
    String asked = styled(prompt == null ? "" : prompt);
    return new Prompt(asked, prompt2 == null ? asked : styled(prompt2));
  }

  private String styled(String asked) {
    return hasStyle() ? Styles.read().named(String.valueOf(style)).with(asked) : asked;
  }

  private boolean hasStyle() {
    return style != null && !style.equals(NO_STYLE);
  }

  Optional<EditRequest.Negative> negative() {
    if (negative == null) {
      return Optional.empty();
    }
    var text = new Prompt(negative, negative2 == null ? negative : negative2);
    return Optional.of(new EditRequest.Negative(text, trueCfg));
  }

  OptionalInt maxTokens() {
    return maxTokens == null ? OptionalInt.empty() : OptionalInt.of(maxTokens);
  }

  /// An option that was given and will do nothing, in words for the user.
  Optional<String> withoutEffect() {
    if (negative != null && trueCfg <= 1) {
      return Optional.of("--negative has no effect without --true-cfg above 1");
    }
    if (negative == null && trueCfg > 1) {
      return Optional.of("--true-cfg has no effect without --negative");
    }
    return negative == null && negative2 != null
        ? Optional.of("--negative-2 has no effect without --negative")
        : Optional.empty();
  }
}
