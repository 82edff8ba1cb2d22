package dev.kontext4j.hub.fetch;

import dev.kontext4j.hub.lock.LockedFile;
import java.time.Duration;

/// Told how fetching goes on; from several threads at once.
public interface FetchListener {
  /// A file begins.
  ///
  /// @param held bytes that came in an earlier run and have been found good
  void begins(LockedFile file, long size, long held);

  /// More bytes of it have come.
  void came(LockedFile file, long bytes);

  /// Some came for nothing and will come again.
  default void lost(LockedFile file, long bytes) {
    came(file, -bytes);
  }

  /// It is whole and in its place.
  void ended(LockedFile file);

  /// It cannot go on for the moment.
  void waits(LockedFile file, String why, Duration pause);

  /// Something on this machine takes its time.
  void working(String words);
}
