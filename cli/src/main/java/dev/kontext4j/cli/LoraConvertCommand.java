package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.lora.Adapter;
import dev.kontext4j.lora.Planned;
import dev.kontext4j.lora.files.Rewriting;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext lora convert`
@Command(
    name = "convert",
    description =
        "Writes a LoRA in another form. A LoRA stays what it is to the last bit that matters; of"
            + " LoKr and LoHa --rank makes the nearest LoRA.",
    customSynopsis = "kontext lora convert FILE|NAME OUT [--to FORM] [--rank N]",
    footerHeading = "%nExample:%n",
    footer = "  kontext lora convert style.safetensors style-diffusers.safetensors --to diffusers")
final class LoraConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE|NAME", description = "The LoRA.")
  private String file = "";

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private Path result = Path.of("");

  @Mixin(name = "File")
  private final LoraFileOptions options = new LoraFileOptions();

  @Mixin(name = "Model")
  private final LoraNames model = new LoraNames();

  @Override
  public Integer call() {
    Path from = model.folders().file(file);
    LoraFileOptions.place(result);
    var names = model.names();
    try (var adapter = Adapter.open(from, names, false)) {
      var rewriting = new Rewriting(names, options.style(), options.rank());
      for (Planned planned : adapter.planned()) {
        rewriting.add(planned.target(), planned.change(), 1);
      }
      var origin = LoraFileOptions.origin(String.valueOf(from.getFileName()));
      LoraFileOptions.write(result, () -> rewriting.write(result, options.dtype(), origin));
    }
    var out = spec.commandLine().getOut();
    out.println(result);
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }
}
