package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.progress.InstallProgress;
import dev.kontext4j.cli.progress.RunDisplay;
import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.hub.runtime.Pip;
import dev.kontext4j.hub.runtime.RuntimeInstallation;
import dev.kontext4j.hub.runtime.Runtimes;
import dev.kontext4j.hub.runtime.WheelList;
import dev.kontext4j.hub.store.OneAtATime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext runtime`
@Command(
    name = "runtime",
    description =
        "Installs what computing on an NVIDIA GPU needs (install cuda): libtorch with CUDA, made by"
            + " this machine's pip of wheels whose hashes are pinned, into a folder of its own;"
            + " 2.5 GB are fetched, and nothing else of the machine is changed. Shows what is"
            + " installed (list), reads it all again and compares (verify; if something is damaged"
            + " the exit code is 4), or removes it (remove).",
    customSynopsis = "kontext runtime [list|install|verify|remove] [NAME...] [OPTION...]",
    footerHeading = "%nExample:%n",
    footer = "  kontext runtime install cuda")
final class RuntimeCommand implements Callable<Integer> {
  private static final String CUDA = "cuda";

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|install|verify|remove",
      defaultValue = "list",
      description = "What to do (default: ${DEFAULT-VALUE}).")
  private Action action = Action.LIST;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME",
      description = "For install: cuda. Else the names that list shows (default: all).")
  private List<String> names = List.of();

  @Option(
      names = "--wheels",
      paramLabel = "FILE",
      description =
          "Another list of wheels, written by tools/runtime/pin of the sources (default: the one in"
              + " this program).")
  private @Nullable Path wheels;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin(name = "Display")
  private final QuietOption quiet = new QuietOption();

  private final Runtimes runtimes = Runtimes.ofUser();

  private enum Action {
    LIST,
    INSTALL,
    VERIFY,
    REMOVE
  }

  @Override
  public Integer call() throws InterruptedException {
    var code =
        switch (action) {
          case LIST -> list();
          case INSTALL -> install();
          case VERIFY -> verify();
          case REMOVE -> remove();
        };
    return code.number();
  }

  private ExitCode list() {
    var text = new RuntimesText(runtimes.all().stream().filter(r -> isMeant(r.name())).toList());
    print(text.lines(), text.json());
    return ExitCode.DONE;
  }

  private ExitCode install() throws InterruptedException {
    if (!names.equals(List.of(CUDA))) {
      throw new UsageException("runtime install: there is cuda to install, and nothing else");
    }
    var list = list(wheels);
    try (var display = quiet.display();
        var _ = OneAtATime.in(runtimes.folder(), CacheFolder.VARIABLE, display::say)) {
      var installation =
          new RuntimeInstallation(runtimes.folder(), list, new InstallProgress(display));
      if (installation.isDone()) {
        display.say(list.name() + " is installed already");
      } else {
        install(installation, display);
      }
      display.aside(() -> {
        var object = JsonNodeFactory.instance.objectNode().put("runtime", list.name());
        object.put("folder", installation.place().toString());
        print(List.of(installation.place().toString()), object);
      });
    }
    return ExitCode.DONE;
  }

  private static void install(RuntimeInstallation installation, RunDisplay display)
      throws InterruptedException {
    var list = installation.list();
    var pip = Pip.required(System.getenv("PATH"));
    installation.requireRoom();
    long begin = System.nanoTime();
    display.say(
        "%s: %s are fetched by %s, and %s are needed in %s until it is done"
            .formatted(
                list.name(),
                Bytes.decimal(list.bytes()),
                pip.version(),
                Bytes.decimal(list.room()),
                installation.folder()));
    installation.run(pip);
    display.preparing("");
    display.say(String.format(Locale.ROOT, "done in %.1f s", (System.nanoTime() - begin) / 1e9));
  }

  private static WheelList list(@Nullable Path file) {
    if (file == null) {
      return WheelList.packed();
    }
    try {
      return WheelList.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new InputException(file + " cannot be read: " + WriteException.reason(e));
    }
  }

  private ExitCode verify() {
    var text = new VerifiedRuntimes();
    try (var display = quiet.display()) {
      for (Runtimes.Installed each : meant()) {
        text.add(each.name(), runtimes.verify(each.name(), display::preparing));
      }
    }
    print(text.lines(), text.json());
    return text.isGood() ? ExitCode.DONE : ExitCode.MODEL;
  }

  private ExitCode remove() {
    if (names.isEmpty()) {
      throw new UsageException(
          "runtime remove: name what to remove; kontext runtime list shows it");
    }
    names.forEach(this::requireThere);
    var removed = JsonNodeFactory.instance.arrayNode();
    try (var display = quiet.display();
        var _ = OneAtATime.in(runtimes.folder(), CacheFolder.VARIABLE, display::say)) {
      for (String name : names) {
        remove(name);
        removed.add(name);
      }
    }
    print(names.stream().map(name -> name + " is removed").toList(), removed);
    return ExitCode.DONE;
  }

  private void remove(String name) {
    try {
      runtimes.remove(name);
    } catch (IOException e) {
      throw new WriteException(runtimes.folder().resolve(name).toString(), e);
    }
  }

  private List<Runtimes.Installed> meant() {
    names.forEach(this::requireThere);
    return runtimes.all().stream().filter(each -> isMeant(each.name())).toList();
  }

  private boolean isMeant(String name) {
    return names.isEmpty() || names.contains(name);
  }

  private void requireThere(String name) {
    if (!runtimes.has(name)) {
      throw new UsageException(
          "there is no runtime \"%s\" in %s; kontext runtime list shows those there are"
              .formatted(name, runtimes.folder()));
    }
  }

  private void print(List<String> lines, JsonNode node) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(node);
    } else {
      lines.forEach(out::println);
    }
    Results.requireArrival(out);
  }
}
