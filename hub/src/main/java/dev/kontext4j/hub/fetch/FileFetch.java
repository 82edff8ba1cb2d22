package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/// Fetches one file: parts of it at the same time, each byte once, whatever happens on the way.
///
/// @param connections how many parts at a time
public record FileFetch(HubClient client, int connections, FetchListener listener) {

  /// Fetches a file to its place, where nothing stands yet, and returns what is known of it now.
  ///
  /// @param file with its hash, if anybody knows it
  /// @param folder for what is not whole yet; what an earlier run left there is used
  public LockedFile fetch(LockedFile file, Path folder, Path target) throws InterruptedException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalStateException(target + " is there already");
    }
    Answer head = head(file);
    long size = size(file, head);
    requireHash(file, head);
    String mark = file.sha256().map(Sha256::digits).orElse(file.key());
    try {
      Files.createDirectories(Objects.requireNonNull(target.toAbsolutePath().getParent()));
      try (var partial = PartialFile.open(folder, mark, size)) {
        listener.begins(file, size, partial.goodBytes());
        boolean inRanges = head.arrival().inRanges();
        var parts = new Parts(client, file, partial, inRanges, listener);
        Sha256 hash = parts.fetch(connections);
        require(file, hash, partial);
        partial.moveTo(target);
        listener.ended(file);
        return file.pinned(hash, size);
      }
    } catch (IOException e) {
      throw new DiskException(folder, e).told();
    }
  }

  private Answer head(LockedFile file) throws InterruptedException {
    return new Retries(file, client.patience(), listener)
        .run(() -> client.get(file, new Span(0, 1), Sink.HEAD_ONLY));
  }

  private static long size(LockedFile file, Answer head) {
    var told = head.arrival().total();
    if (told.isEmpty() && file.size().isEmpty()) {
      throw new FetchException(
          file.key() + " has no length that the server tells; try another --endpoint");
    }
    long size = file.size().orElseGet(told::getAsLong);
    if (told.orElse(size) != size) {
      throw new CheckpointException(
          "%s has %d bytes there and should have %d: it is another file; try another --endpoint"
              .formatted(file.key(), told.getAsLong(), size));
    }
    return size;
  }

  /// Found out before the first byte, if the server is so kind.
  private static void requireHash(LockedFile file, Answer head) {
    if (file.sha256().isPresent() && head.sha256().isPresent()) {
      require(file, head.sha256().get());
    }
  }

  private static void require(LockedFile file, Sha256 hash) {
    Sha256 expected = file.sha256().orElse(hash);
    if (!expected.equals(hash)) {
      throw new CheckpointException(
          "%s has the sha256 %s and should have %s (%s): it is not kept; try again, or another --endpoint"
              .formatted(file.key(), hash.digits(), expected.digits(), file.sure().words()));
    }
  }

  private static void require(LockedFile file, Sha256 hash, PartialFile partial)
      throws IOException {
    try {
      require(file, hash);
    } catch (CheckpointException e) {
      partial.discard();
      throw e;
    }
  }
}
