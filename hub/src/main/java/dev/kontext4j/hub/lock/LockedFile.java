package dev.kontext4j.hub.lock;

import dev.kontext4j.engine.weights.Sha256;
import java.util.Optional;
import java.util.OptionalLong;

/// A model file as the lock describes it.
///
/// @param path within the repository
/// @param size exact, where it is known
/// @param about rounded; the exact one where that is known, 0 for small files
/// @param source where the hash is from; may be empty
/// @param role what it is for, such as `transformer`
/// @param precision how numbers are stored; empty where there are none
public record LockedFile(
    String id,
    Repository repository,
    String path,
    OptionalLong size,
    long about,
    Optional<Sha256> sha256,
    Sureness sure,
    String source,
    String role,
    String precision,
    Licence licence) {

  /// What names the file among all files of all repositories.
  public String key() {
    return repository.name() + "@" + repository.revision() + "/" + path;
  }

  /// The file's own name.
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// This, with what was found out when it was first fetched.
  public LockedFile pinned(Sha256 hash, long bytes) {
    return new LockedFile(
        id,
        repository,
        path,
        OptionalLong.of(bytes),
        bytes,
        Optional.of(hash),
        sure,
        source,
        role,
        precision,
        licence);
  }
}
