package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.lora.files.Extraction;
import dev.kontext4j.lora.files.KeyStyle;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.PartKind;
import dev.kontext4j.transformer.flux.FluxLayouts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
        "Makes a LoRA of the difference of two models' transformers: of each layer the nearest"
            + " product of the rank, of biases and norms the difference itself.",
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

  @Option(
      names = "--to",
      paramLabel = "diffusers|kohya|bfl",
      defaultValue = "kohya",
      description = "Its form (default: ${DEFAULT-VALUE}).")
  private KeyStyle style = KeyStyle.KOHYA;

  @Mixin(name = "File")
  private final LoraFileOptions options = new LoraFileOptions();

  @Override
  public Integer call() {
    LoraFileOptions.place(result);
    var before = ModelChoice.of(base).files();
    var after = ModelChoice.of(tuned).files();
    try (var pipeline = KontextPipeline.open(before, DType.F32, Device.CPU)) {
      var parameters = pipeline.parameters();
      var names = Loras.names(parameters);
      var extraction = new Extraction(names, style, options.rank().orElse(USUAL_RANK));
      try (var first = weights(before, parameters.transformer());
          var second = weights(after, parameters.transformer())) {
        var origin = LoraFileOptions.origin(name(base) + " to " + name(tuned));
        int layers =
            LoraFileOptions.write(
                result,
                () ->
                    extraction.write(
                        Part.TRANSFORMER,
                        first.network(),
                        second.network(),
                        result,
                        options.dtype(),
                        origin));
        spec.commandLine().getErr().println("kontext: " + layers + " layers differ");
      }
    }
    var out = spec.commandLine().getOut();
    out.println(result);
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }

  /// Without folders, which are nobody's business.
  private static String name(String model) {
    return String.valueOf(Path.of(model).toAbsolutePath().normalize().getFileName());
  }

  private static ModelPart<Map<String, Parameter>> weights(
      ModelFiles model, Map<String, long[]> shapes) {
    return ModelPart.open(
        Objects.requireNonNull(model.networks().get(PartKind.TRANSFORMER)),
        FluxLayouts.ALL,
        DType.F32,
        Device.CPU,
        (weights, _) -> {
          var parameters = new LinkedHashMap<String, Parameter>();
          shapes.forEach((name, shape) -> parameters.put(name, weights.parameter(name, shape)));
          return parameters;
        });
  }
}
