package dev.kontext4j.hub;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.Licence;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.Repository;
import dev.kontext4j.hub.lock.Sureness;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/// Files of a repository that does not exist.
public final class TestFiles {
  public static final Repository REPOSITORY = new Repository("owner/name", "c".repeat(40), true);
  public static final Licence LICENCE =
      new Licence("terms", "Terms", "https://example.org/terms", "Be kind.", true);

  private TestFiles() {}

  /// So many bytes that cannot be guessed from each other.
  public static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// A file of which size and hash are known.
  public static LockedFile known(String path, byte[] content) {
    return file(path, OptionalLong.of(content.length), Optional.of(Sha256.of(content)));
  }

  /// A file of which nothing is known.
  public static LockedFile unknown(String path) {
    return file(path, OptionalLong.empty(), Optional.empty());
  }

  public static LockedFile file(String path, OptionalLong size, Optional<Sha256> hash) {
    return new LockedFile(
        path,
        REPOSITORY,
        path,
        size,
        size.orElse(0),
        hash,
        hash.isPresent() ? Sureness.ONE : Sureness.UNKNOWN,
        "a test",
        "transformer",
        "bf16",
        LICENCE);
  }
}
