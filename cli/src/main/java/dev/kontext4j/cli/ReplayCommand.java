package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.lora.LoraFolders;
import dev.kontext4j.cli.output.DefaultName;
import dev.kontext4j.cli.picture.Metadata;
import dev.kontext4j.cli.picture.PictureFormat;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.cli.progress.RunDisplay;
import dev.kontext4j.cli.recipe.ModelHash;
import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.cli.source.InputPicture;
import dev.kontext4j.cli.source.PictureSource;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.DeviceWish;
import dev.kontext4j.engine.Libtorch;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext replay`
@Command(
    name = "replay",
    description =
        "Makes a picture again by the recipe that it carries, and says whether the new one is"
            + " identical, pixel for pixel. If it is not, the exit code is 1.",
    customSynopsis = "kontext replay FILE [IMAGE...] [-o FILE] [--model DIR] [OPTION...]",
    footerHeading = "%nExample:%n",
    footer = "  kontext replay photo-edited.png photo.png")
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "A picture made by kontext4j.")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description =
          "The pictures that went in, in any order. Those not named are looked for beside FILE and"
              + " in the current folder. They are known by their content.")
  private List<String> images = List.of();

  @Mixin(name = "Result")
  private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The model of the recipe (default: as for edit).")
  private @Nullable String model;

  @Mixin(name = "Parts of the model")
  private final PartOptions parts = new PartOptions();

  @Option(
      names = "--lora",
      paramLabel = "FILE",
      description =
          "A LoRA of the recipe, where it is not beside FILE, in the current folder or in that for"
              + " LoRAs; may be repeated. It is known by its content.")
  private List<Path> loras = List.of();

  @Option(
      names = "--lora-folder",
      paramLabel = "DIR",
      description = "Where LoRAs are looked for, as for edit.")
  private @Nullable Path loraFolder;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda[:N]",
      converter = DeviceWishConverter.class,
      description = "Where to compute (default: as the recipe says).")
  private @Nullable DeviceWish device;

  @Option(
      names = "--vram",
      paramLabel = "LIMIT",
      converter = MemorySizeConverter.class,
      description = "The most memory that the run may take on its device, as for edit.")
  private @Nullable Long vram;

  @Option(
      names = "--libtorch",
      paramLabel = "DIR",
      description = "Folder of another libtorch, as for edit.")
  private @Nullable Path libtorch;

  @Option(
      names = "--allow-local-urls",
      description = "Fetch pictures from this network's own addresses, too.")
  private boolean localUrls;

  @Mixin(name = "Text")
  private final TextCacheOptions texts = new TextCacheOptions();

  @Mixin(name = "Display")
  private final DisplayOptions display = new DisplayOptions();

  @Override
  public Integer call() {
    output.requireFormat();
    String name = file.toString();
    byte[] content = PictureReader.bytes(file);
    var recipe =
        Told.about(name, () -> Recipe.in(Metadata.of(name, content)))
            .orElseThrow(() ->
                new InputException(
                    name + " carries no recipe of kontext4j; it cannot be replayed"));
    var pictures = pictures(recipe.references());
    var run = run(recipe, pictures);
    String stem = new PictureSource.LocalFile(file).stem() + "-again";
    var likeness = DefaultName.after(stem, PictureFormat.of(content));
    var out = spec.commandLine().getOut();
    output.requireApart(display.previewFile(), pictures, 1);
    try (var shown = display.open(run.computing().device())) {
      var previews = display.previews(shown);
      return said(recipe, run.make(output, likeness, List.of(), out, shown, previews), shown);
    }
  }

  private EditRun run(Recipe recipe, List<InputPicture> pictures) {
    var machine = recipe.machine();
    var settled =
        Libtorch.begin(
            new Libtorch.Wish(
                Optional.ofNullable(libtorch).or(Libtorch::environmentFolder),
                place(machine),
                threads(machine)));
    var request = recipe.request(pictures.stream().map(InputPicture::picture).toList());
    return new EditRun(
        request,
        RunRecipe.references(pictures, request, recipe.references().alpha()),
        choice(recipe.model()),
        new FoundLoras(loras, folder(), LoraFolders.of(Optional.ofNullable(loraFolder)))
            .all(recipe.loras()),
        new Computing(machine.dtype(), machine.precision(), settled.device()),
        new MemoryWish(
            vram == null ? OptionalLong.empty() : OptionalLong.of(vram),
            TileWish.of(machine.tiling())),
        texts::open);
  }

  /// A device that is settled for all edits is not meant for this one.
  private DeviceWish place(Recipe.Machine machine) {
    return device != null && Typed.on(spec, "--device")
        ? device
        : DeviceWish.of(Device.parse(machine.device()).orElse(Device.CPU));
  }

  /// Where the picture is.
  private Path folder() {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  private List<InputPicture> pictures(Recipe.References references) {
    var named = InputPicture.all(images, localUrls, new PictureReader(references.alpha()));
    return new FoundPictures(named, folder(), references.alpha()).all(references.pictures());
  }

  /// The model that is named, or else the one of the recipe. Another would only show after the run
  /// that it makes another picture.
  private ModelChoice choice(Recipe.Model then) {
    boolean toybox = then.name().equals(ModelChoice.TOYBOX) && !Typed.on(spec, "--model");
    var choice = ModelChoice.of(toybox ? ModelChoice.TOYBOX : model, parts);
    var now = ModelHash.begin(choice.files()).join().map(ModelHash.Hashed::whole);
    if (then.sha256().isPresent() && now.isPresent() && !then.sha256().equals(now)) {
      throw new CheckpointException(
          "The picture was made by the model %s, sha256 %s..., and %s is another; name it with --model"
              .formatted(then.name(), start(then.sha256().get()), choice.name()));
    }
    return choice;
  }

  private static String start(Sha256 hash) {
    return hash.digits().substring(0, 12);
  }

  /// Sums depend on how they are shared out, so there are as many as then.
  private static OptionalInt threads(Recipe.Machine machine) {
    OptionalInt then = machine.threads();
    boolean usual = then.isPresent() && then.getAsInt() == Libtorch.usualThreads();
    return usual ? OptionalInt.empty() : then;
  }

  /// Says whether the pictures are the same, and if not what else was not.
  private int said(Recipe before, EditReport report, RunDisplay lines) {
    var comparison = new Comparison(before, report.pictures().getFirst());
    if (output.json()) {
      var object = report.object().put("identical", comparison.identical());
      lines.aside(() -> Results.print(spec.commandLine().getOut(), object));
    }
    lines.say(comparison.words());
    return (comparison.identical() ? ExitCode.DONE : ExitCode.FAILED).number();
  }
}
