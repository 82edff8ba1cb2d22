package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.progress.FetchProgress;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.store.Ledger;
import dev.kontext4j.hub.store.ModelsFolder;
import dev.kontext4j.hub.store.OneAtATime;
import dev.kontext4j.hub.store.Removal;
import dev.kontext4j.hub.store.SetState;
import dev.kontext4j.hub.store.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext models`
@Command(
    name = "models",
    description =
        "Shows which sets of model files there are and what of them is here (list), reads all of a"
            + " set again and compares its hashes (verify; if something is damaged or missing the"
            + " exit code is 4), removes a set (remove), or tells its folder (where).",
    customSynopsis = "kontext models [list|verify|remove|where] [SET...] [OPTION...]",
    footerHeading = "%nExample:%n",
    footer = "  kontext models verify kontext-dev")
final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|verify|remove|where",
      defaultValue = "list",
      description = "What to do (default: ${DEFAULT-VALUE}).")
  private Action action = Action.LIST;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "SET",
      description = "Sets (default: all; for verify those that are here).")
  private List<String> names = List.of();

  @Option(names = "--yes", description = "Remove without asking.")
  private boolean yes;

  @Mixin(name = "Files")
  private final ModelsOptions options = new ModelsOptions();

  @Mixin(name = "Display")
  private final QuietOption quiet = new QuietOption();

  private enum Action {
    LIST,
    VERIFY,
    REMOVE,
    WHERE
  }

  @Override
  public Integer call() {
    var lock = options.lock();
    var sets =
        names.isEmpty()
            ? List.copyOf(lock.sets().values())
            : names.stream().map(name -> ModelsOptions.set(lock, name)).toList();
    var models = ModelsOptions.models();
    var code =
        switch (action) {
          case LIST -> list(models, sets);
          case VERIFY -> verify(models, sets);
          case REMOVE -> remove(models, sets);
          case WHERE -> where(models, sets);
        };
    return code.number();
  }

  private ExitCode list(ModelsFolder models, List<ModelSet> sets) {
    var states = sets.stream().map(set -> SetState.of(models, set)).toList();
    print(new SetsText(states).lines(), new SetsText(states).json());
    return ExitCode.DONE;
  }

  private ExitCode where(ModelsFolder models, List<ModelSet> sets) {
    var folders = names.isEmpty() ? List.of(models.path()) : sets.stream().map(models::of).toList();
    var array = JsonNodeFactory.instance.arrayNode();
    folders.forEach(folder -> array.add(folder.toString()));
    print(folders.stream().map(String::valueOf).toList(), array);
    return ExitCode.DONE;
  }

  private ExitCode verify(ModelsFolder models, List<ModelSet> sets) {
    var wanted =
        sets.stream()
            .filter(set -> !names.isEmpty() || !SetState.of(models, set).isAbsent())
            .toList();
    var text = new FindingsText();
    try (var display = quiet.display()) {
      var verification =
          new Verification(
              models,
              Ledger.read(models),
              RememberedHashes.ofUser(),
              new FetchProgress(display)::working);
      wanted.forEach(set -> text.add(set, verification.of(set)));
    }
    print(text.lines(), text.json());
    return text.isGood() ? ExitCode.DONE : ExitCode.MODEL;
  }

  private ExitCode remove(ModelsFolder models, List<ModelSet> sets) {
    if (names.isEmpty()) {
      throw new UsageException("models remove: name the sets");
    }
    var removed = JsonNodeFactory.instance.arrayNode();
    var lines = new ArrayList<String>();
    for (ModelSet set : sets) {
      var state = SetState.of(models, set);
      requireConsent(state);
      try (var _ = OneAtATime.in(models, words -> {})) {
        new Removal(models).of(set);
      } catch (IOException e) {
        throw new WriteException(state.folder().toString(), e);
      }
      removed.addObject().put("set", set.name()).put("files", state.here());
      lines.add("%s: %d files removed".formatted(set.name(), state.here()));
    }
    print(lines, removed);
    return ExitCode.DONE;
  }

  private void requireConsent(SetState state) {
    if (yes || state.isAbsent()) {
      return;
    }
    String question =
        "remove %s, %s in %s? [y/N]"
            .formatted(state.set().name(), Bytes.decimal(state.bytes()), state.folder());
    if (!YesOrNo.canAsk()) {
      throw new UsageException("models remove asks before it removes; say --yes");
    }
    if (!YesOrNo.ask(spec.commandLine().getErr(), question)) {
      throw new UsageException(state.set().name() + " is not removed");
    }
  }

  private void print(List<String> lines, JsonNode json) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(json);
    } else {
      lines.forEach(out::println);
    }
    Results.requireArrival(out);
  }
}
