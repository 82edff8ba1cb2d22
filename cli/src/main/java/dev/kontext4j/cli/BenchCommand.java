package dev.kontext4j.cli;

import dev.kontext4j.cli.bench.Measurement;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.sampler.EditRequest;
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

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private final TrialOptions trial = new TrialOptions();

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
    var computing = model.computing(device);
    var choice = model.choice(parts);
    Measurement measured;
    try (var shown = display.open(device)) {
      machine.remark().ifPresent(shown::say);
      choice.note().ifPresent(shown::say);
      var files = choice.files();
      var limit = model.memory().on(device);
      measured =
          Measurement.of(
              files,
              request,
              computing,
              limit,
              planned -> model.memory().note(planned, limit).ifPresent(shown::say),
              shown);
    }
    var report = new BenchReport(measured, choice.name(), computing, trial.pictures(), steps);
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
    return trial.request(size.size(), steps, speed.fast());
  }
}
