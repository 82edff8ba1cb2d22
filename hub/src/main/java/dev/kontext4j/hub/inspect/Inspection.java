package dev.kontext4j.hub.inspect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a file, or the files of one network, turned out to be.
///
/// @param parts the networks in it
/// @param tensors how many there are
public record Inspection(
    Path path,
    String format,
    List<FileIdentity> files,
    Map<String, String> metadata,
    List<Part> parts,
    Precision precision,
    int tensors) {

  /// Whether each file's hash is in the lock.
  public boolean isKnown() {
    return files.stream().allMatch(file -> file.known().isPresent());
  }

  /// Whether hashes were compared at all.
  public boolean isCompared() {
    return files.stream().allMatch(file -> file.sha256().isPresent());
  }
}
