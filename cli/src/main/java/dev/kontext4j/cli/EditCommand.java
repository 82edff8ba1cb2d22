package dev.kontext4j.cli;

import dev.kontext4j.cli.picture.PictureWriter;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.EditResult;
import dev.kontext4j.sampler.KontextPipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kontext edit`
@Command(
    name = "edit",
    description = "Edits a picture as a text says, or makes one from the text alone.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example:",
      "  kontext edit photo.png -p \"make the car red\" -o red.png --model FLUX.1-Kontext-dev",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 input refused,",
      "4 model missing or damaged, 5 not enough memory or no such device, 130 interrupted."
    })
final class EditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private final ReferenceOptions references = new ReferenceOptions();
  @Mixin private final PromptOptions prompts = new PromptOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ModelOptions model = new ModelOptions();
  @Mixin private final SamplingOptions sampling = new SamplingOptions();

  @Option(names = "--json", description = "Report the results as JSON on standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var err = spec.commandLine().getErr();
    prompts.withoutEffect().ifPresent(words -> err.println("kontext: " + words));
    var noise = sampling.noise();
    var files = output.files(noise.seeds().size());
    Path latents = output.latents();
    var request =
        new EditRequest(
            prompts.prompt(),
            prompts.negative(),
            references.read(),
            references.fit(),
            references.placement(),
            references.size(),
            sampling.steps(),
            sampling.guidance(),
            noise,
            prompts.maxTokens());

    var timeline = new Timeline();
    var results = edit(request, timeline, new ProgressLines(err));
    for (int i = 0; i < files.size(); i++) {
      write(files.get(i), results.get(i));
    }
    if (latents != null) {
      LatentsFile.write(latents, results);
    }
    timeline.end();
    new EditReport(files, results, timeline).print(spec.commandLine().getOut(), json);
    return ExitCode.DONE.number();
  }

  private List<EditResult> edit(EditRequest request, Timeline timeline, ProgressLines lines) {
    var folder = model.open();
    try (var pipeline = KontextPipeline.open(folder, model.dtype(), model.device())) {
      return pipeline.edit(
          request,
          event -> {
            timeline.at(event);
            lines.at(event);
          });
    }
  }

  private static void write(Path file, EditResult result) {
    try {
      PictureWriter.write(file, result.picture());
    } catch (IOException e) {
      throw new InputException(
          "Could not write "
              + file
              + ": "
              + e.getMessage()
              + "; free some space or choose another -o");
    }
  }
}
