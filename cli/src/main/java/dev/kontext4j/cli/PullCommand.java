package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.progress.FetchProgress;
import dev.kontext4j.cli.progress.RunDisplay;
import dev.kontext4j.hub.fetch.Endpoint;
import dev.kontext4j.hub.fetch.Token;
import dev.kontext4j.hub.store.PullPlan;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext pull`
@Command(
    name = "pull",
    description =
        "Fetches a set of model files, every byte checked, and goes on where an earlier run"
            + " stopped. What is on this machine already (fetched by Hugging Face's tools, in"
            + " ComfyUI's or InvokeAI's folders, or in a folder named by --link) is used where it"
            + " is. kontext models lists the sets.",
    customSynopsis = "kontext pull SET [--link DIR]... [OPTION...]",
    footerHeading = "%nExample:%n",
    footer = "  kontext pull kontext-dev")
final class PullCommand implements Callable<Integer> {
  private static final int MOST_CONNECTIONS = 16;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "SET", description = "The set, such as kontext-dev.")
  private String name = "";

  @Option(
      names = "--link",
      paramLabel = "DIR",
      description = "Use files from this folder, too, where they are.")
  private List<Path> links = List.of();

  @Option(
      names = "--accept-licence",
      description = "You have read the licence of the files and accept it.")
  private boolean acceptLicence;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description =
          "Fetch from this server, a mirror of Hugging Face's; HF_ENDPOINT says the same. It is"
              + " given the access token (HF_TOKEN, or what hf auth login has kept).")
  private @Nullable String endpoint;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "Parts of a file that are fetched at a time (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(names = "--dry-run", description = "Only show what would be done.")
  private boolean dryRun;

  @Mixin(name = "Files")
  private final ModelsOptions options = new ModelsOptions();

  @Mixin(name = "Display")
  private final QuietOption quiet = new QuietOption();

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    var set = ModelsOptions.set(options.lock(), name);
    var hub = hub();
    try (var display = quiet.display()) {
      var progress = new FetchProgress(display);
      var run = new PullRun(ModelsOptions.models(), links, progress);
      var plan = dryRun ? run.plan(set) : run.fetch(set, source(hub), acceptLicence);
      print(plan, hub, display);
    }
    return ExitCode.DONE.number();
  }

  private void requireSense() {
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new UsageException(
          "--connections %d: use 1 to %d".formatted(connections, MOST_CONNECTIONS));
    }
    for (Path folder : links) {
      if (!Files.isDirectory(folder)) {
        throw new UsageException("--link %s: there is no such folder".formatted(folder));
      }
    }
  }

  private Endpoint hub() {
    try {
      return Endpoint.choose(endpoint, System::getenv);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--endpoint: " + e.getMessage());
    }
  }

  private PullRun.Source source(Endpoint hub) {
    var token = Token.find(System::getenv, ModelsOptions.home());
    return new PullRun.Source(hub, token, connections);
  }

  /// The result is the folder, or all that was or would be done.
  private void print(PullPlan plan, Endpoint hub, RunDisplay display) {
    PrintWriter out = spec.commandLine().getOut();
    var text = new PlanText(plan, hub);
    display.aside(() -> {
      if (options.json()) {
        out.println(text.json());
      } else if (dryRun) {
        text.lines().forEach(out::println);
      } else {
        out.println(plan.folder());
      }
      Results.requireArrival(out);
    });
  }
}
