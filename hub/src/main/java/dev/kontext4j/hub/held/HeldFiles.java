package dev.kontext4j.hub.held;

import dev.kontext4j.hub.lock.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Finds files that are on this machine already. They are known by size and SHA-256; what they are
/// called, and where they lie, proves nothing.
public final class HeldFiles {
  private final FilesBySize files;
  private final HuggingFaceCache cache;
  private final RememberedHashes hashes;
  private final Consumer<String> working;

  /// @param folders to look through, with all below them
  /// @param working is told what takes its time
  public HeldFiles(
      List<Path> folders,
      HuggingFaceCache cache,
      RememberedHashes hashes,
      Consumer<String> working) {
    this.files = new FilesBySize(folders);
    this.cache = cache;
    this.hashes = hashes;
    this.working = working;
  }

  /// A copy of the file.
  ///
  /// @param except where it shall go
  public Optional<Path> find(LockedFile file, Path except) {
    if (file.sha256().isEmpty()) {
      return cache.small(file);
    }
    return candidates(file)
        .filter(candidate -> !isSame(candidate, except))
        .filter(candidate -> is(candidate, file))
        .findFirst();
  }

  /// Where the size is not known, only names can keep us from reading everything.
  private Stream<Path> candidates(LockedFile file) {
    if (file.size().isPresent()) {
      return files.of(file.size().getAsLong()).stream();
    }
    String digits = file.sha256().orElseThrow().digits();
    return Stream.concat(files.called(digits).stream(), files.called(file.name()).stream());
  }

  private static boolean isSame(Path candidate, Path except) {
    try {
      return Files.exists(except) && Files.isSameFile(candidate, except);
    } catch (IOException _) {
      return false;
    }
  }

  private boolean is(Path candidate, LockedFile file) {
    try {
      if (hashes.known(candidate).isEmpty()) {
        working.accept("reading " + candidate);
      }
      return hashes.of(candidate).equals(file.sha256().orElseThrow());
    } catch (IOException _) {
      return false;
    }
  }
}
