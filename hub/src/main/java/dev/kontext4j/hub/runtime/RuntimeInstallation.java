package dev.kontext4j.hub.runtime;

import dev.kontext4j.engine.InstalledLibtorch;
import dev.kontext4j.engine.file.AtomicFolder;
import dev.kontext4j.hub.fetch.FetchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Makes a runtime: pip unpacks the wheels into a folder with a passing name, what is not needed
/// goes, the rest is written down, and the folder gets its name. So a runtime is there whole, or
/// not at all.
///
/// @param folder where runtimes are
public record RuntimeInstallation(Path folder, WheelList list, InstallListener listener) {

  /// Where it will be, or is.
  public Path place() {
    return folder.resolve(list.name());
  }

  public boolean isDone() {
    return Files.exists(place());
  }

  /// Makes sure, before anything is fetched, that it will fit.
  public void requireRoom() {
    try {
      Files.createDirectories(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < list.room()) {
        throw new FetchException(
            "%s needs %.1f GB in %s while it is installed, and %.1f GB are free; make room, or choose another folder with XDG_CACHE_HOME"
                .formatted(list.name(), list.room() / 1e9, folder, free / 1e9));
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  public void run(Pip pip) throws InterruptedException {
    try (var draft = AtomicFolder.at(place())) {
      Path scratch = Files.createDirectory(draft.path().resolve(".pip"));
      pip.install(list, draft.path(), scratch, came -> listener.came(came, list.bytes()));
      listener.working("removing what is not needed");
      keepNeeded(draft.path());
      requireLibraries(draft.path());
      Manifest.write(draft.path(), listener::working);
      draft.commit();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static void keepNeeded(Path draft) throws IOException {
    for (Path file : Manifest.files(draft)) {
      if (!NeededFiles.contain(Manifest.name(draft, file))) {
        Files.delete(file);
      }
    }
    try (var all = Files.walk(draft)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).filter(Files::isDirectory).toList()) {
        if (isEmpty(each)) {
          Files.delete(each);
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  /// pip may be well content with wheels that hold something else.
  private void requireLibraries(Path draft) {
    if (!InstalledLibtorch.isIn(draft)) {
      throw new FetchException(
          "The wheels of %s hold no libtorch for CUDA; this list of wheels is wrong, tools/runtime/pin makes another"
              .formatted(list.name()));
    }
  }

  private FetchException cannotWrite(IOException e) {
    return new FetchException(
        "Could not write %s (%s); make room there, or choose another folder with XDG_CACHE_HOME"
            .formatted(place(), e.getMessage()),
        e);
  }
}
