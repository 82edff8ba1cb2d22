package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.output.DefaultName;
import dev.kontext4j.cli.source.InputPicture;
import dev.kontext4j.engine.Libtorch;
import dev.kontext4j.sampler.EditRequest;
import java.util.ArrayList;
import java.util.List;
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
    customSynopsis = "kontext edit [IMAGE...] -p TEXT [-o FILE] [--model DIR] [OPTION...]",
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
          "Pictures to edit or to take from: files or web addresses of PNG, JPEG or WebP pictures,"
              + " - for standard input. None: from the text alone.")
  private List<String> images = List.of();

  @Mixin(name = "Prompt")
  private final PromptOptions prompts = new PromptOptions();

  @Mixin(name = "Result")
  private final OutputOptions output = new OutputOptions();

  @Mixin(name = "Model and machine")
  private final ModelOptions model = new ModelOptions();

  @Mixin(name = "Parts of the model")
  private final PartOptions parts = new PartOptions();

  @Mixin(name = "LoRA")
  private final LoraOptions loras = new LoraOptions();

  @Mixin(name = "Size")
  private final SizeOptions size = new SizeOptions();

  @Mixin(name = "Pictures that go in")
  private final ReferenceOptions references = new ReferenceOptions();

  @Mixin(name = "Sampling")
  private final SamplingOptions sampling = new SamplingOptions();

  @Mixin(name = "Speed")
  private final SpeedOptions speed = new SpeedOptions();

  @Mixin(name = "Text")
  private final TextCacheOptions texts = new TextCacheOptions();

  @Mixin(name = "Display")
  private final DisplayOptions display = new DisplayOptions();

  @Override
  public Integer call() {
    requireSense();
    var machine = model.loadLibtorch();
    var pictures = references.read(images);
    var name =
        pictures.stream()
            .findFirst()
            .map(p -> DefaultName.after(p.source().stem() + "-edited", p.format()))
            .orElse(DefaultName.NEW);
    var request = request(pictures);
    output.requireApart(display.previewFile(), pictures, request.noise().seeds().size());
    var run =
        new EditRun(
            request,
            RunRecipe.references(pictures, request, references.alpha()),
            model.choice(parts),
            loras.loras(),
            model.computing(machine.device()),
            model.memory(),
            texts::open);
    var out = spec.commandLine().getOut();
    EditReport report;
    try (var shown = display.open(machine.device())) {
      report = run.make(output, name, notes(machine), out, shown, display.previews(shown));
    }
    if (output.json()) {
      Results.print(out, report.json());
    }
    return ExitCode.DONE.number();
  }

  /// What is wrong in the options themselves is told before pictures are fetched, which may take
  /// its time.
  private void requireSense() {
    prompts.prompt();
    sampling.steps();
    sampling.noise();
    size.size();
    loras.loras();
    output.requireFormat();
  }

  private EditRequest request(List<InputPicture> pictures) {
    return new EditRequest(
        prompts.prompt(),
        prompts.negative(),
        pictures.stream().map(InputPicture::picture).toList(),
        references.fit(),
        references.placement(),
        size.size(),
        sampling.steps(),
        sampling.guidance(),
        sampling.noise(),
        prompts.maxTokens(),
        speed.fast());
  }

  /// What the user should know, though nothing is wrong.
  private List<String> notes(Libtorch.Settled machine) {
    var notes = new ArrayList<String>();
    machine.remark().ifPresent(notes::add);
    model.choice(parts).note().ifPresent(notes::add);
    prompts.withoutEffect().ifPresent(notes::add);
    sampling.drawnSeed().ifPresent(seed -> notes.add("the seed is " + seed));
    return notes;
  }
}
