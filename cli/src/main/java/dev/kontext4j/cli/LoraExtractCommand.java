package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.lora.AdaptedNetwork;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.cli.lora.OpenedWeights;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.lora.files.Extraction;
import dev.kontext4j.sampler.KontextPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext lora extract`
@Command(
    name = "extract",
    description =
        "Makes a LoRA of the difference of two models' transformers and text encoders: of each layer"
            + " the nearest product of the rank, of biases and norms the difference itself.",
    customSynopsis = "kontext lora extract BASE TUNED -o FILE [--rank N] [--to FORM]",
    footerHeading = "%nExample:%n",
    footer =
        "  kontext lora extract FLUX.1-Kontext-dev my-tuned-model -o tuned.safetensors --rank 64")
final class LoraExtractCommand implements Callable<Integer> {
  private static final long USUAL_RANK = 32;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description = "The model before: a folder, a file or a set.")
  private String base = "";

  @Parameters(index = "1", paramLabel = "TUNED", description = "The model after.")
  private String tuned = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The file to write.")
  private Path result = Path.of("");

  @Mixin(name = "File")
  private final LoraFileOptions options = new LoraFileOptions();

  @Override
  public Integer call() {
    LoraFileOptions.place(result);
    var before = ModelChoice.of(base).files();
    var after = ModelChoice.of(tuned).files();
    var compared = new ArrayList<Extraction.Compared>();
    try (var pipeline = KontextPipeline.open(before, DType.F32, Device.CPU);
        var weights = new OpenedWeights()) {
      var parameters = pipeline.parameters();
      for (AdaptedNetwork network : AdaptedNetwork.values()) {
        var first = Objects.requireNonNull(before.networks().get(network.kind()));
        var second = Objects.requireNonNull(after.networks().get(network.kind()));
        if (!first.equals(second)) {
          var shapes = network.of(parameters);
          compared.add(
              new Extraction.Compared(
                  network.part(),
                  weights.open(first, network.layouts(), shapes),
                  weights.open(second, network.layouts(), shapes)));
        }
      }
      var names = Loras.names(parameters);
      var found =
          write(
              new Extraction(names, options.style(), options.rank().orElse(USUAL_RANK)), compared);
      spec.commandLine().getErr().println("kontext: " + said(found));
    }
    var out = spec.commandLine().getOut();
    out.println(result);
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }

  private Extraction.Found write(Extraction extraction, List<Extraction.Compared> compared) {
    var origin = LoraFileOptions.origin(name(base) + " to " + name(tuned));
    return LoraFileOptions.write(
        result, () -> extraction.write(compared, result, options.dtype(), origin));
  }

  private static String said(Extraction.Found found) {
    return found.leftOut() == 0
        ? found.written() + " layers differ"
        : "%d layers differ; %d biases and norms, too, for which this form has no place (kohya and bfl have)"
            .formatted(found.written(), found.leftOut());
  }

  /// Without folders, which are nobody's business.
  private static String name(String model) {
    return String.valueOf(Path.of(model).toAbsolutePath().normalize().getFileName());
  }
}
