package dev.kontext4j.engine;

import dev.kontext4j.engine.Libtorch.Choice;
import dev.kontext4j.engine.Libtorch.Origin;
import dev.kontext4j.engine.Libtorch.Settled;
import dev.kontext4j.engine.Libtorch.Wish;
import dev.kontext4j.engine.internal.torch.BundledLibraries;
import dev.kontext4j.engine.internal.torch.CudaRuntime;
import dev.kontext4j.engine.internal.torch.LibtorchFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which libtorch and which device a wish comes to. For a card: the folder that was named, the
/// runtime that was installed, a PyTorch that is found. For the CPU: the folder that was named, the
/// bundled libraries (so that an environment that happens to be active changes no numbers), and
/// where none are bundled a PyTorch that is found.
///
/// Everything is settled before a libtorch is loaded, since there is no other after it.
final class LibtorchChoice {
  private static final String NOTHING_TO_USE =
      "there is an NVIDIA GPU and no CUDA build of libtorch to use it with; kontext runtime install"
          + " cuda brings one, --device cpu keeps this quiet";

  private final Wish wish;
  private final Machine machine;

  private LibtorchChoice(Wish wish, Machine machine) {
    this.wish = wish;
    this.machine = machine;
  }

  /// What a machine has.
  interface Machine {
    boolean bundled();

    Optional<Path> installed();

    Optional<Path> found();

    boolean driver();

    /// The card to take, by a CUDA build.
    int freest(LibtorchFolder build);

    Machine THIS =
        new Machine() {
          @Override
          public boolean bundled() {
            return BundledLibraries.areThere();
          }

          @Override
          public Optional<Path> installed() {
            return InstalledLibtorch.newest();
          }

          @Override
          public Optional<Path> found() {
            return LibtorchFolder.discovered().map(LibtorchFolder::path);
          }

          @Override
          public boolean driver() {
            return NvidiaDriver.seemsThere();
          }

          @Override
          public int freest(LibtorchFolder build) {
            return CudaRuntime.of(build).freest();
          }
        };
  }

  static Settled settle(Wish wish, Machine machine) {
    var choice = new LibtorchChoice(wish, machine);
    return wish.device().named().map(choice::on).orElseGet(choice::best);
  }

  private Settled on(Device device) {
    return device.isCpu()
        ? cpu(Optional.empty())
        : cudaBuilds().stream()
            .findFirst()
            .map(build -> new Settled(build, device, Optional.empty()))
            .orElseThrow(() -> new LibraryException(Libtorch.NO_CUDA_LIBRARY));
  }

  /// A card, if there is one and something to use it with.
  private Settled best() {
    if (!machine.driver()) {
      return cpu(Optional.empty());
    }
    var refusals = new ArrayList<String>();
    for (Choice build : cudaBuilds()) {
      if (hasCuda(build)) { // else somebody named one for the CPU, and knows it
        try {
          int index = machine.freest(LibtorchFolder.named(build.folder().orElseThrow()));
          return new Settled(build, Device.cuda(index), Optional.empty());
        } catch (EngineException e) {
          refusals.add("on the CPU: " + e.getMessage());
        }
      }
    }
    var first = refusals.stream().findFirst();
    return cpu(wish.folder().isPresent() ? first : first.or(() -> Optional.of(NOTHING_TO_USE)));
  }

  private Settled cpu(Optional<String> remark) {
    var bundled = new Choice(Origin.BUNDLED, Optional.empty(), wish.threads());
    var other = machine.bundled() ? Optional.<Path>empty() : machine.found();
    var choice = named().or(() -> other.map(path -> choice(Origin.FOUND, path))).orElse(bundled);
    return new Settled(choice, Device.CPU, remark);
  }

  /// That which was named, or else all in the order in which they are taken.
  private List<Choice> cudaBuilds() {
    return named()
        .map(List::of)
        .orElseGet(() ->
            Stream.concat(
                    machine.installed().map(path -> choice(Origin.INSTALLED, path)).stream(),
                    machine.found().map(path -> choice(Origin.FOUND, path)).stream())
                .filter(LibtorchChoice::hasCuda)
                .toList());
  }

  private Optional<Choice> named() {
    return wish.folder().map(path -> choice(Origin.NAMED, path));
  }

  private Choice choice(Origin origin, Path folder) {
    return new Choice(origin, Optional.of(folder), wish.threads());
  }

  private static boolean hasCuda(Choice choice) {
    return LibtorchFolder.in(choice.folder().orElseThrow())
        .filter(LibtorchFolder::hasCuda)
        .isPresent();
  }
}
