package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.OutputSize;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Picture;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// An edit of which only the size counts, and not what is in its pictures.
final class TrialOptions {
  private static final int SIDE = 1024; // of the pictures that go in, before they are fitted
  private static final int MOST_PICTURES = 3;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many go in, from 0 to 3 (default: ${DEFAULT-VALUE}).")
  private int pictures = 1;

  int pictures() {
    if (pictures < 0 || pictures > MOST_PICTURES) {
      throw new UsageException("--pictures: from 0 to " + MOST_PICTURES);
    }
    return pictures;
  }

  EditRequest request(OutputSize size, int steps, Fast fast) {
    var black = new Picture(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
    return new EditRequest(
        Prompt.of("make the sky purple"),
        Optional.empty(),
        Collections.nCopies(pictures(), black),
        ReferenceFit.BUCKET,
        ReferencePlacement.INDEX,
        size,
        new Steps.Count(steps),
        2.5f,
        NoisePlan.counting(1, 1, false, Optional.empty()),
        OptionalInt.empty(),
        fast);
  }
}
