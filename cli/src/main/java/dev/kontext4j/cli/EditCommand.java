package dev.kontext4j.cli;

import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext edit`
@Command(
    name = "edit",
    description = "Edits a picture as a text says, or makes one from the text alone.",
    customSynopsis = "kontext edit [IMAGE...] -p TEXT -o FILE [--model DIR] [OPTION...]",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:done",
      "  1:failed while running",
      "  2:wrong usage",
      "  3:a picture, or a place to write to, is refused",
      "  4:the model is missing or damaged",
      "  5:not enough memory, or no such device",
      "130:interrupted"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  kontext edit photo.png -p \"make the car red\" -o red.png \\",
      "      --model FLUX.1-Kontext-dev"
    })
final class EditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE",
      description =
          "Pictures to edit or to take from: PNG, JPEG or WebP. None: from the text alone.")
  private List<Path> images = List.of();

  @Mixin(name = "Prompt")
  private final PromptOptions prompts = new PromptOptions();

  @Mixin(name = "Result")
  private final OutputOptions output = new OutputOptions();

  @Mixin(name = "Model and machine")
  private final ModelOptions model = new ModelOptions();

  @Mixin(name = "Size")
  private final SizeOptions size = new SizeOptions();

  @Mixin(name = "Pictures that go in")
  private final ReferenceOptions references = new ReferenceOptions();

  @Mixin(name = "Sampling")
  private final SamplingOptions sampling = new SamplingOptions();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var noise = sampling.noise();
    var steps = sampling.steps();
    var files = output.files(noise.seeds().size());
    var request = request(noise, steps);
    var timeline = new Timeline();
    var lines = new ProgressLines(err);
    var finished =
        new Finished(files, output.latents(), output.json() ? Optional.empty() : Optional.of(out));

    var folder = model.open();
    try (var pipeline = KontextPipeline.open(folder, model.dtype(), model.device())) {
      model.choice().note().ifPresent(lines::say);
      prompts.withoutEffect().ifPresent(lines::say);
      sampling.drawnSeed().ifPresent(seed -> lines.say("the seed is " + seed));
      pipeline.edit(request, timeline.and(lines), finished);
    }
    finished.end();
    timeline.end();
    if (output.json()) {
      out.println(new EditReport(finished.pictures(), timeline).json());
      out.flush();
    }
    return ExitCode.DONE.number();
  }

  private EditRequest request(NoisePlan noise, Steps steps) {
    return new EditRequest(
        prompts.prompt(),
        prompts.negative(),
        references.read(images),
        references.fit(),
        references.placement(),
        size.size(),
        steps,
        sampling.guidance(),
        noise,
        prompts.maxTokens());
  }
}
