package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.Failure;
import dev.kontext4j.cli.progress.FetchProgress;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.inspect.Inspector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext inspect`
@Command(
    name = "inspect",
    description =
        "Tells what weight files really are, whatever they are called: model, layout, precision,"
            + " and whether they fit each other. Reads headers only; where a file's size is that of"
            + " a file of models.lock, all of it, to compare the hash.",
    customSynopsis = "kontext inspect FILE|DIR... [--hash] [--json]",
    footerHeading = "%nExample:%n",
    footer = "  kontext inspect ~/ComfyUI/models/vae/ae.safetensors")
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|DIR",
      description = "Weight files (safetensors, GGUF), or folders with some.")
  private List<Path> paths = List.of();

  @Option(names = "--hash", description = "Read all of every file and compare its hash.")
  private boolean hash;

  @Mixin(name = "Files")
  private final ModelsOptions options = new ModelsOptions();

  @Mixin(name = "Display")
  private final QuietOption quiet = new QuietOption();

  @Override
  public Integer call() {
    var lock = options.lock();
    int worst = ExitCode.DONE.number();
    try (var display = quiet.display()) {
      var progress = new FetchProgress(display);
      var inspector = new Inspector(lock, RememberedHashes.ofUser(), hash, progress::working);
      for (Path path : paths) {
        try {
          var text = new InspectionText(path, inspector.inspect(path));
          display.aside(() -> print(text));
        } catch (CheckpointException e) {
          // the other files can still be looked at
          var failure = Failure.of(e);
          display.aside(() -> failure.report(spec.commandLine().getErr(), false));
          worst = failure.code().number();
        }
      }
    }
    return worst;
  }

  private void print(InspectionText text) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(text.json());
    } else {
      text.print(out);
    }
    Results.requireArrival(out);
  }
}
