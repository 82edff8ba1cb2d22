package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.LibtorchFolder;
import dev.kontext4j.engine.internal.torch.Torch;
import dev.kontext4j.engine.internal.torch.TorchLibrary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Which libtorch this process uses. It is loaded by the first tensor, once, and never exchanged,
/// so a choice must come before that.
public final class Libtorch {
  public static final String NO_LIBRARY =
      "No libtorch for this platform is bundled; name one with --libtorch DIR or KONTEXT4J_LIBTORCH"
          + " (a libtorch 2.10 or newer, or a Python environment with PyTorch)";
  public static final String NO_CUDA_LIBRARY =
      "No CUDA build of PyTorch was found (looked in $VIRTUAL_ENV, $CONDA_PREFIX and at python3 on"
          + " the path); name one with --libtorch DIR or KONTEXT4J_LIBTORCH, or use --device cpu";

  /// What was asked for.
  ///
  /// @param folder a folder somebody named; empty: the bundled CPU libraries, or for CUDA the
  ///   PyTorch that is found
  /// @param cuda whether a CUDA device will be used
  /// @param threads how many threads an operator may use on the CPU; empty: all cores
  public record Choice(Optional<Path> folder, boolean cuda, OptionalInt threads) {
    /// What it is where nobody asks for anything.
    public static final Choice USUAL = new Choice(Optional.empty(), false, OptionalInt.empty());
  }

  private static final AtomicReference<@Nullable Choice> CHOICE = new AtomicReference<>();

  private Libtorch() {}

  /// Chooses, before the first tensor exists.
  public static void choose(Choice choice) {
    if (!CHOICE.compareAndSet(null, choice) && !choice.equals(CHOICE.get())) {
      throw new IllegalStateException("libtorch was already chosen: " + CHOICE.get());
    }
  }

  /// Begins to load what was chosen, while the caller does what needs no tensors.
  public static void loadAhead() {
    TorchLibrary.loadAhead();
  }

  /// What was chosen; without a choice, what the environment says.
  public static Choice choice() {
    Choice byEnvironment = new Choice(environmentFolder(), false, OptionalInt.empty());
    Choice chosen = CHOICE.compareAndExchange(null, byEnvironment);
    return chosen == null ? byEnvironment : chosen;
  }

  /// The folder that `KONTEXT4J_LIBTORCH` names.
  public static Optional<Path> environmentFolder() {
    return Optional.ofNullable(System.getenv("KONTEXT4J_LIBTORCH"))
        .filter(folder -> !folder.isBlank())
        .map(Path::of);
  }

  /// A PyTorch with CUDA that is found on this machine.
  public static Optional<Path> cudaBuild() {
    return LibtorchFolder.discovered().filter(LibtorchFolder::hasCuda).map(LibtorchFolder::path);
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
