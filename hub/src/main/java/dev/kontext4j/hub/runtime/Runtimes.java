package dev.kontext4j.hub.runtime;

import dev.kontext4j.engine.InstalledLibtorch;
import dev.kontext4j.engine.file.AtomicFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The runtimes that are installed.
///
/// @param folder where they are
public record Runtimes(Path folder) {

  /// Those of this user.
  public static Runtimes ofUser() {
    return new Runtimes(InstalledLibtorch.folder());
  }

  /// One of them.
  ///
  /// @param bytes that were installed
  public record Installed(String name, Path folder, int files, long bytes) {}

  /// A file of a runtime, and what is wrong with it, if anything is.
  public record Finding(String path, Optional<String> problem) {}

  /// All, the newest first.
  public List<Installed> all() {
    return InstalledLibtorch.in(folder).stream().map(Runtimes::installed).toList();
  }

  private static Installed installed(Path place) {
    var manifest = Manifest.read(place);
    return new Installed(
        place.getFileName().toString(), place, manifest.files().size(), manifest.bytes());
  }

  public boolean has(String name) {
    return !name.isEmpty()
        && !name.startsWith(".")
        && !name.contains("/")
        && Files.isDirectory(folder.resolve(name));
  }

  /// Reads every byte again and compares.
  ///
  /// @param working is told what is being read
  public List<Finding> verify(String name, Consumer<String> working) {
    Path place = folder.resolve(name);
    return Manifest.read(place).files().stream()
        .map(entry -> {
          working.accept("reading " + entry.path());
          return new Finding(entry.path(), Manifest.problem(place, entry));
        })
        .toList();
  }

  /// Removes one, in one step for everyone who looks for it.
  public void remove(String name) throws IOException {
    AtomicFolder.remove(folder.resolve(name));
  }
}
