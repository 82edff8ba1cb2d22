package dev.kontext4j.hub.runtime;

/// Is told how far an installation is.
public interface InstallListener {
  /// pip fetches.
  ///
  /// @param bytes that have come
  /// @param whole how many it will be
  void came(long bytes, long whole);

  /// Something goes on that takes its time.
  void working(String words);
}
