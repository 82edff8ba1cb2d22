package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.Torch;
import dev.kontext4j.engine.internal.torch.TorchLibrary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Which libtorch this process uses. It is loaded once and never exchanged, so a choice must come
/// before the first tensor.
public final class Libtorch {
  public static final String NO_LIBRARY =
      "No libtorch for this platform is bundled; name one with --libtorch DIR or KONTEXT4J_LIBTORCH"
          + " (a libtorch 2.10 or newer, or a Python environment with PyTorch)";
  public static final String NO_CUDA_LIBRARY =
      "No CUDA build of libtorch was found (none installed by kontext runtime, no PyTorch in"
          + " $VIRTUAL_ENV, $CONDA_PREFIX or at python3 on the path); kontext runtime install cuda"
          + " brings one, --libtorch DIR or KONTEXT4J_LIBTORCH names one, --device cpu does without";

  /// What is asked for.
  ///
  /// @param folder somebody named
  /// @param threads how many threads an operator may use on the CPU; empty: all cores
  public record Wish(Optional<Path> folder, DeviceWish device, OptionalInt threads) {
    /// What it is where nobody asks for anything.
    public static final Wish USUAL =
        new Wish(Optional.empty(), DeviceWish.AUTO, OptionalInt.empty());
  }

  /// Where a libtorch is from.
  public enum Origin {
    NAMED("named by --libtorch or KONTEXT4J_LIBTORCH"),
    INSTALLED("installed by kontext runtime"),
    FOUND("of a PyTorch on this machine"),
    BUNDLED("bundled, for the CPU");

    private final String words;

    Origin(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// What is loaded.
  ///
  /// @param folder of its libraries, or near them; empty: the bundled ones
  public record Choice(Origin origin, Optional<Path> folder, OptionalInt threads) {}

  /// A wish that was settled.
  ///
  /// @param remark what the user should know of it, with the cure
  public record Settled(Choice choice, Device device, Optional<String> remark) {}

  private record Begun(Wish wish, Settled settled) {}

  private static @Nullable Begun begun;

  private Libtorch() {}

  /// Settles a wish and begins to load what it comes to, while the caller does what needs no
  /// tensors. The same wish may be had again and again.
  ///
  /// @throws EngineException with the cure if a card is asked for and there is no CUDA build
  public static Settled begin(Wish wish) {
    var settled = settle(wish);
    TorchLibrary.loadAhead();
    return settled;
  }

  private static synchronized Settled settle(Wish wish) {
    if (begun != null && begun.wish().equals(wish)) {
      return begun.settled();
    }
    var settled = LibtorchChoice.settle(wish, LibtorchChoice.Machine.THIS);
    if (begun != null && !begun.settled().choice().equals(settled.choice())) {
      throw new IllegalStateException("libtorch was already chosen: " + begun.settled().choice());
    }
    begun = new Begun(wish, settled);
    return settled;
  }

  /// What was chosen; if nothing was, what the environment says, for the CPU.
  public static synchronized Choice choice() {
    return begun == null ? settle(onCpu()).choice() : begun.settled().choice();
  }

  private static Wish onCpu() {
    return new Wish(environmentFolder(), DeviceWish.of(Device.CPU), OptionalInt.empty());
  }

  /// The folder that `KONTEXT4J_LIBTORCH` names.
  public static Optional<Path> environmentFolder() {
    return Optional.ofNullable(System.getenv("KONTEXT4J_LIBTORCH"))
        .filter(folder -> !folder.isBlank())
        .map(Path::of);
  }

  /// The version that was loaded, such as `2.10.0` (loads it if nothing did so yet).
  public static String version() {
    return Torch.version();
  }

  /// How many threads an operator may use on the CPU.
  public static int threads() {
    return choice().threads().orElseGet(Libtorch::usualThreads);
  }

  /// How many threads those are if nobody chooses: as OpenMP's own variable says, or one a core.
  public static int usualThreads() {
    String variable = System.getenv("OMP_NUM_THREADS");
    return variable != null && variable.matches("[1-9][0-9]{0,4}")
        ? Integer.parseInt(variable)
        : Runtime.getRuntime().availableProcessors();
  }

  /// The file that was loaded (loads it if nothing did so yet).
  public static Path file() {
    return TorchLibrary.loaded().mainLibrary();
  }
}
