package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.lora.BakedModel;
import dev.kontext4j.cli.lora.LoraChoice;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.lora.Adapter;
import dev.kontext4j.lora.Planned;
import dev.kontext4j.lora.files.Rewriting;
import dev.kontext4j.sampler.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext lora merge`
@Command(
    name = "merge",
    description =
        "Bakes LoRAs into a copy of a model (--into), or makes one LoRA of several. What is written"
            + " appears whole or not at all.",
    customSynopsis = {
      "kontext lora merge LORA[:SCALE][@BLOCKS]... --into MODEL -o FOLDER",
      "       kontext lora merge LORA[:SCALE][@BLOCKS]... -o FILE [--rank N] [--to FORM]"
    },
    footerHeading = "%nExample:%n",
    footer = "  kontext lora merge style:0.8 light:0.5@double -o both.safetensors --rank 32")
final class LoraMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "LORA[:SCALE][@BLOCKS]",
      description = "LoRAs, as for --lora of edit.")
  private List<String> loras = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "PATH",
      description = "The model folder or the LoRA file to write.")
  private Path result = Path.of("");

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description =
          "The model to bake them into. Parts that no LoRA touches are linked if the disk allows"
              + " it, else copied.")
  private @Nullable String into;

  @Mixin(name = "File")
  private final LoraFileOptions options = new LoraFileOptions();

  @Mixin(name = "Model")
  private final LoraNames model = new LoraNames();

  @Override
  public Integer call() {
    var folders = model.folders();
    var choices = loras.stream().map(text -> LoraChoice.parse(text, folders)).toList();
    if (into == null) {
      combine(choices);
    } else {
      bake(into, choices);
    }
    var out = spec.commandLine().getOut();
    out.println(result);
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }

  private void bake(String name, List<LoraChoice> choices) {
    if (options.rank().isPresent()) {
      throw new UsageException("--rank is for a LoRA file, and --into makes a model");
    }
    var folder = ModelFolder.open(ModelChoice.of(name).folder());
    new BakedModel(folder, new Loras(choices, false, false)).write(result);
  }

  private void combine(List<LoraChoice> choices) {
    LoraFileOptions.place(result);
    var names = model.names();
    var rewriting = new Rewriting(names, options.style(), options.rank());
    var opened = new ArrayList<Adapter>();
    try {
      for (LoraChoice choice : choices) {
        var adapter = Adapter.open(choice.file(), names, false);
        opened.add(adapter);
        for (Planned planned : adapter.planned()) {
          if (choice.blocks().includes().test(planned.target())) {
            rewriting.add(planned.target(), planned.change(), choice.scale());
          }
        }
      }
      var origin = LoraFileOptions.origin(described(choices));
      LoraFileOptions.write(result, () -> rewriting.write(result, options.dtype(), origin));
    } finally {
      opened.forEach(Adapter::close);
    }
  }

  private static String described(List<LoraChoice> choices) {
    return choices.stream()
        .map(choice -> choice.name() + ":" + choice.scale())
        .collect(Collectors.joining(", "));
  }
}
