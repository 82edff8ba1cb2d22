package dev.kontext4j.engine.internal.torch;

import dev.kontext4j.engine.LibraryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The folder that holds libtorch's shared libraries, found from a place a user would name (that
/// folder, a libtorch zip's root, a `site-packages`, a Python environment) or by looking where
/// Python keeps PyTorch.
public record LibtorchFolder(Path path) {
  static final String MAIN_LIBRARY = System.mapLibraryName("torch_cpu");

  /// The folder that a user named.
  public static LibtorchFolder named(Path place) {
    return in(place)
        .orElseThrow(() ->
            new LibraryException(
                "No "
                    + MAIN_LIBRARY
                    + " in "
                    + place
                    + " (nor in its lib, torch/lib or site-packages);"
                    + " name the folder of a libtorch 2.10 or newer, or of a Python environment"
                    + " that has PyTorch"));
  }

  /// The first PyTorch of: the active virtual environment, the active conda environment, the
  /// `python3` on the path.
  public static Optional<LibtorchFolder> discovered() {
    return pythonHomes().stream().flatMap(home -> in(home).stream()).findFirst();
  }

  public static Optional<LibtorchFolder> in(Path place) {
    for (Path candidate : candidates(place)) {
      if (Files.isRegularFile(candidate.resolve(MAIN_LIBRARY))) {
        return Optional.of(new LibtorchFolder(candidate.toAbsolutePath().normalize()));
      }
    }
    return Optional.empty();
  }

  public boolean hasCuda() {
    return Files.exists(path.resolve(System.mapLibraryName("torch_cuda")));
  }

  /// The CUDA runtime that came with it: in a package beside it, where pip puts it; in conda's own
  /// folder of libraries; or here, in the zip.
  Optional<Path> cudaRuntime() {
    Path sitePackages = path.resolve("../..").normalize();
    return Stream.of(
            sitePackages.resolve("nvidia/cu13/lib"),
            sitePackages.resolve("nvidia/cuda_runtime/lib"),
            path,
            sitePackages.resolve("../..").normalize())
        .flatMap(folder -> cudaRuntimes(folder).stream())
        .findFirst();
  }

  private static List<Path> cudaRuntimes(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "libcudart{.,-}*so.1*")) {
      return StreamSupport.stream(found.spliterator(), false).sorted().toList();
    } catch (IOException _) {
      return List.of(); // no such folder
    }
  }

  /// What its kernels were compiled for.
  Optional<CudaBuild> cudaBuild() {
    return CudaBuild.of(path.resolve(System.mapLibraryName("torch_cuda")));
  }

  private static List<Path> candidates(Path place) {
    var candidates = new ArrayList<Path>();
    candidates.add(place);
    candidates.add(place.resolve("lib"));
    candidates.add(place.resolve("torch").resolve("lib"));
    for (Path sitePackages : sitePackages(place)) {
      candidates.add(sitePackages.resolve("torch").resolve("lib"));
    }
    return candidates;
  }

  /// `lib/python3.x/site-packages` of an environment, or Windows' `Lib/site-packages`; Debian's
  /// system Python says `dist-packages`.
  private static List<Path> sitePackages(Path home) {
    var found = new ArrayList<Path>();
    found.add(home.resolve("Lib").resolve("site-packages"));
    for (String lib : List.of("lib", "local/lib")) {
      try (DirectoryStream<Path> pythons =
          Files.newDirectoryStream(home.resolve(lib), "python3*")) {
        for (Path python : pythons) {
          found.add(python.resolve("site-packages"));
          found.add(python.resolve("dist-packages"));
        }
      } catch (IOException _) {
        // No such folder: nothing there to find.
      }
    }
    return found;
  }

  private static List<Path> pythonHomes() {
    var homes = new ArrayList<Path>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      String home = System.getenv(variable);
      if (home != null && !home.isEmpty()) {
        homes.add(Path.of(home));
      }
    }
    pythonOnPath().ifPresent(homes::add);
    return homes;
  }

  /// The environment of `bin/python3` is the folder above: links are not followed, because a
  /// virtual environment's `python3` is a link out of it.
  private static Optional<Path> pythonOnPath() {
    String searchPath = System.getenv("PATH");
    if (searchPath == null) {
      return Optional.empty();
    }
    for (String folder : searchPath.split(File.pathSeparator, -1)) {
      Path python = Path.of(folder).resolve(CLibrary.WINDOWS ? "python.exe" : "python3");
      if (!folder.isEmpty() && Files.isExecutable(python)) {
        Path bin = Path.of(folder).toAbsolutePath();
        return Optional.ofNullable(CLibrary.WINDOWS ? bin : bin.getParent());
      }
    }
    return Optional.empty();
  }
}
