package dev.kontext4j.hub.inspect;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelsLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells what weight files really are. It reads headers; all of a file only where that is asked
/// for, or where its size is that of a file of the lock.
///
/// @param hash whether every file is to be hashed
/// @param working is told what takes its time
public record Inspector(
    ModelsLock lock, RememberedHashes hashes, boolean hash, Consumer<String> working) {

  /// Everything that a file or a folder holds.
  public List<Inspection> inspect(Path path) {
    if (!Files.exists(path)) {
      throw new CheckpointException(path + ": no such file or folder: check the path");
    }
    var all = WeightPlaces.in(path).stream().map(this::one).toList();
    hashes.save();
    return all;
  }

  private Inspection one(Path path) {
    var contents = Contents.read(path);
    return new Inspection(
        path,
        contents.format(),
        contents.files().stream().map(this::identity).toList(),
        contents.metadata(),
        Recogniser.ALL.stream().map(kind -> kind.in(contents)).flatMap(Optional::stream).toList(),
        Precision.of(contents),
        contents.tensors().size());
  }

  private FileIdentity identity(Path file) {
    try {
      long bytes = Files.size(file);
      boolean worthwhile = hash || lock.files().values().stream().anyMatch(f -> fits(f, bytes));
      if (!worthwhile && hashes.known(file).isEmpty()) {
        return new FileIdentity(file, bytes, Optional.empty(), Optional.empty());
      }
      if (hashes.known(file).isEmpty()) {
        working.accept("reading " + file);
      }
      Sha256 found = hashes.of(file);
      return new FileIdentity(file, bytes, Optional.of(found), known(found));
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// Where only about how large a file is is known, that must do.
  private static boolean fits(LockedFile file, long bytes) {
    long about = file.about();
    return file.sha256().isPresent()
        && (file.size().isPresent()
            ? file.size().getAsLong() == bytes
            : Math.abs(bytes - about) <= about / 200);
  }

  private Optional<LockedFile> known(Sha256 found) {
    return lock.files().values().stream()
        .filter(file -> file.sha256().filter(found::equals).isPresent())
        .findFirst();
  }
}
