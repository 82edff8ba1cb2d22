package dev.kontext4j.engine.internal.torch;

import dev.kontext4j.engine.LibraryException;
import dev.kontext4j.engine.Libtorch;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// libtorch as it was loaded into this process: once, and for good.
///
/// @param openBlas the matrix library that came along, if one did
public record TorchLibrary(
    SymbolLookup symbols,
    TorchLog log,
    Optional<OpenBlas> openBlas,
    Path mainLibrary,
    boolean cuda) {

  private static @Nullable TorchLibrary loaded;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  /// Loaded by the first call, according to [Libtorch]'s choice. No static initialiser does this,
  /// so that a failure reaches the caller as what it is.
  public static synchronized TorchLibrary loaded() {
    if (loaded == null) {
      loaded = load(Libtorch.choice());
    }
    return loaded;
  }

  /// Where its libraries are.
  Path folder() {
    return Objects.requireNonNull(mainLibrary.getParent());
  }

  /// Begins to load, on a thread of its own. Who needs the library waits for it, and is told what
  /// went wrong; a process that ends before waits too, for the library's own farewell must not meet
  /// its beginning. Asked for again it returns at once.
  public static void loadAhead() {
    if (BEGUN.compareAndSet(false, true)) {
      var thread = Thread.ofPlatform().daemon().name("libtorch").unstarted(TorchLibrary::tryToLoad);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(thread)));
      thread.start();
    }
  }

  private static void tryToLoad() {
    try {
      loaded();
      Torch.version(); // binds its functions
    } catch (RuntimeException | LinkageError _) {
      return; // whoever needs the library fails in the same way, and is heard
    }
  }

  private static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static TorchLibrary load(Libtorch.Choice choice) {
    prepareEnvironment(choice);
    var files = files(choice);
    var symbols = SymbolLookup.loaderLookup();
    for (Path file : files) {
      symbols = open(file).or(symbols);
    }
    if (symbols.find("torch_call_dispatcher").isEmpty()) {
      throw new LibraryException(
          files.getLast() + " is older than libtorch 2.10; use 2.10 or newer");
    }
    var log = TorchLog.of(symbols);
    log.silence();
    CLibrary.skipFarewells();
    boolean cuda =
        files.stream().anyMatch(file -> file.endsWith(System.mapLibraryName("torch_cuda")));
    return new TorchLibrary(
        symbols, log, OpenBlas.in(symbols, Libtorch.threads()), mainLibrary(files), cuda);
  }

  /// Libraries read these when they are loaded, and never again. What the user has set stays.
  private static void prepareEnvironment(Libtorch.Choice choice) {
    // Said in any case: left to themselves the libraries count cores that a container may not use.
    String threads = Integer.toString(Libtorch.threads());
    if (choice.threads().isPresent()) {
      CLibrary.setEnvironment("OMP_NUM_THREADS", threads);
    } else {
      setUnlessSet("OMP_NUM_THREADS", threads);
    }
    CLibrary.setEnvironment("OPENBLAS_NUM_THREADS", "1"); // gets more when they are worth it
    // OpenMP's threads would wait for each other by spinning, which on a machine that also does
    // other work keeps the very thread waited for from its core.
    setUnlessSet("OMP_WAIT_POLICY", "PASSIVE");
    // NVIDIA's libraries may round f32 to 11 bits on the way into convolutions; f32 shall be f32.
    setUnlessSet("NVIDIA_TF32_OVERRIDE", "0");
  }

  private static void setUnlessSet(String variable, String value) {
    if (System.getenv(variable) == null) {
      CLibrary.setEnvironment(variable, value);
    }
  }

  private static List<Path> files(Libtorch.Choice choice) {
    return choice
        .folder()
        .map(folder -> inFolder(LibtorchFolder.named(folder)))
        .orElseGet(BundledLibraries::unpacked);
  }

  private static List<Path> inFolder(LibtorchFolder folder) {
    var files = new ArrayList<Path>();
    folder.cudaRuntime().ifPresent(files::add);
    for (String name :
        List.of("libgomp.so.1", "libiomp5.dylib", "libomp.dylib", "libiomp5md.dll")) {
      addIfThere(files, folder.path().resolve(name));
    }
    for (String name : List.of("c10", "torch_cpu", "c10_cuda", "torch_cuda")) {
      addIfThere(files, folder.path().resolve(System.mapLibraryName(name)));
    }
    return files;
  }

  private static void addIfThere(List<Path> files, Path file) {
    if (Files.exists(file)) {
      files.add(file);
    }
  }

  private static Path mainLibrary(List<Path> files) {
    return files.stream()
        .filter(file -> file.endsWith(LibtorchFolder.MAIN_LIBRARY))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("restricted")
  static SymbolLookup open(Path file) {
    try {
      return SymbolLookup.libraryLookup(file, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new LibraryException(
          "Could not load "
              + file
              + " ("
              + e.getMessage()
              + "); another libtorch can be named with --libtorch",
          e);
    }
  }
}
