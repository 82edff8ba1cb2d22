package dev.kontext4j.cli;

import dev.kontext4j.cli.bench.Measurement;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.picture.Picture;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kontext bench`
@Command(
    name = "bench",
    description =
        "Makes an edit and tells how long each part of it takes on this machine, how fast it"
            + " computes beside a plain product of large matrices, and its memory at the peak.",
    customSynopsis = "kontext bench [--model DIR] [--steps N] [--pictures N] [--json] [OPTION...]",
    footerHeading = "%nExample:%n",
    footer = "  kontext bench --model FLUX.1-Kontext-dev --device cuda --size medium")
final class BenchCommand implements Callable<Integer> {
  private static final int SIDE = 1024; // of the pictures that go in, before they are fitted
  private static final int MOST_PICTURES = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "8",
      converter = Numbers.StepCount.class,
      description =
          "How many to make; the first, at which weights are read, is told by itself (default:"
              + " ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many go in, from 0 to 3 (default: ${DEFAULT-VALUE}).")
  private int pictures;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin(name = "Model and machine")
  private final ModelOptions model = new ModelOptions();

  @Mixin(name = "Parts of the model")
  private final PartOptions parts = new PartOptions();

  @Mixin(name = "Size")
  private final SizeOptions size = new SizeOptions();

  @Mixin(name = "Speed")
  private final SpeedOptions speed = new SpeedOptions();

  @Mixin(name = "Display")
  private final DisplayOptions display = new DisplayOptions();

  @Override
  public Integer call() {
    var request = request();
    var machine = model.loadLibtorch();
    var device = machine.device();
    var dtype = model.dtype(device);
    var choice = model.choice(parts);
    Measurement measured;
    try (var shown = display.open(device)) {
      machine.remark().ifPresent(shown::say);
      choice.note().ifPresent(shown::say);
      var files = choice.files();
      var plan = WeightPlan.of(model.limit(), files, dtype, device);
      plan.note().ifPresent(shown::say);
      measured = Measurement.of(files, request, dtype, device, plan.memory(), shown);
    }
    var report = new BenchReport(measured, choice.name(), device, dtype, pictures, steps);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(report.json());
    } else {
      report.print(out);
    }
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }

  private EditRequest request() {
    if (steps < 2) {
      throw new UsageException("--steps: at least 2, since the first is told by itself");
    }
    if (pictures < 0 || pictures > MOST_PICTURES) {
      throw new UsageException("--pictures: from 0 to " + MOST_PICTURES);
    }
    var black = new Picture(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
    return new EditRequest(
        Prompt.of("make the sky purple"),
        Optional.empty(),
        Collections.nCopies(pictures, black),
        ReferenceFit.BUCKET,
        ReferencePlacement.INDEX,
        size.size(),
        new Steps.Count(steps),
        2.5f,
        NoisePlan.counting(1, 1, false, Optional.empty()),
        OptionalInt.empty(),
        speed.fast());
  }
}
