package dev.kontext4j.testkit.hub;

import java.util.Optional;

/// A request as the hub saw it.
///
/// @param elsewhere whether the other server was asked, to which the hub sends on
/// @param path of the file
/// @param begin of the part that was asked for
/// @param sent bytes that were given
/// @param authorization that came with it
public record Served(
    boolean elsewhere, String path, long begin, long sent, Optional<String> authorization) {

  /// One past the last byte that was given.
  public long end() {
    return begin + sent;
  }
}
