package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.lora.InspectedLora;
import dev.kontext4j.lora.Adapter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext lora inspect`
@Command(
    name = "inspect",
    description =
        "Shows what a LoRA is: its form and trainer, ranks, which blocks it changes and how much,"
            + " words that it listens to, keys that match nothing.",
    customSynopsis = "kontext lora inspect FILE|NAME... [--json]",
    footerHeading = "%nExample:%n",
    footer = "  kontext lora inspect style.safetensors")
final class LoraInspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE|NAME", description = "LoRA files.")
  private List<String> files = List.of();

  @Option(names = "--json", description = "Print JSON: one object a file, a line each.")
  private boolean json;

  @Mixin(name = "Model")
  private final LoraNames model = new LoraNames();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var names = model.names();
    for (String name : files) {
      Path file = model.folders().file(name);
      try (var adapter = Adapter.open(file, names, true)) {
        var inspected = InspectedLora.of(adapter);
        if (json) {
          out.println(inspected.json());
        } else {
          out.println(file);
          var columns = new Columns();
          inspected.rows().forEach(columns::add);
          columns.print(out, "  ");
        }
      }
    }
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }
}
