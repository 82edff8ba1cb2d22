package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.plan.CardModel;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kontext plan`
@Command(
    name = "plan",
    description =
        "Tells what an edit will take, before anything is loaded: which weights stay and which"
            + " are read at each step, the memory at the peak of each part, and the time. For this"
            + " machine, or for a card that one does not have.",
    customSynopsis =
        "kontext plan [--model DIR | --as TYPE] [--card NAME|all] [--vram LIMIT] [OPTION...]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kontext plan --as Q4_K --card \"RTX 3060\" --pictures 2",
      "  kontext plan --as bf16 --card all",
      "  kontext plan --model FLUX.1-Kontext-dev --vram 8GiB"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--as",
      paramLabel = "TYPE",
      converter = StorageChoice.Converter.class,
      description =
          "The published model as it is stored in that type, which need not be here: bf16, fp8, or"
              + " one of GGUF's, such as Q8_0 or Q4_K (default: the model that kontext edit would"
              + " take; bf16 if that is the toybox).")
  private @Nullable StorageChoice storage;

  @Option(
      names = "--card",
      paramLabel = "NAME|all",
      description =
          "A card by its maker's name, such as \"RTX 3060\", instead of this machine; all: a line for"
              + " each that is known.")
  private @Nullable String card;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "28",
      converter = Numbers.StepCount.class,
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private final TrialOptions trial = new TrialOptions();

  @Mixin(name = "Model and machine")
  private final ModelOptions model = new ModelOptions();

  @Mixin(name = "Parts of the model")
  private final PartOptions parts = new PartOptions();

  @Mixin(name = "Speed")
  private final SpeedOptions speed = new SpeedOptions();

  @Mixin(name = "Size")
  private final SizeOptions size = new SizeOptions();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var run =
        new PlanRun(subject(), trial.request(size.size(), steps, speed.fast()), model.memory());
    if (card == null) {
      run.tell(PlanPlace.here(model), json, out);
    } else if (card.equals("all")) {
      run.tellAll(cards(), json, out);
    } else {
      run.tell(PlanPlace.of(named(card), model.precision()), json, out);
    }
    Results.requireArrival(out);
    return ExitCode.DONE.number();
  }

  private PlanSubject subject() {
    if (storage != null && model.isNamed()) {
      throw new UsageException("--as is for the published model: it does not go with --model");
    }
    return storage != null
        ? new PlanSubject.Published(storage)
        : PlanSubject.of(model.choice(parts));
  }

  private List<PlanPlace> cards() {
    return CardModel.all().stream().map(card -> PlanPlace.of(card, model.precision())).toList();
  }

  private static CardModel named(String name) {
    return CardModel.named(name)
        .orElseThrow(() ->
            new UsageException(
                "--card: '%s' is not known; known are %s"
                    .formatted(
                        name,
                        String.join(
                            ", ", CardModel.all().stream().map(CardModel::name).toList()))));
  }
}
