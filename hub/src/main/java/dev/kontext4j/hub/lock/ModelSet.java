package dev.kontext4j.hub.lock;

import java.util.ArrayList;
import java.util.List;

/// Files that belong together, and where each goes in the set's folder.
///
/// @param edits whether the folder is a whole model that can edit
public record ModelSet(String name, String about, boolean edits, List<Part> parts) {

  /// Something that a set's folder holds.
  public sealed interface Part {
    /// Its place in the folder, with `/` between names.
    String place();
  }

  /// A file from a repository.
  public record Fetched(String place, LockedFile file) implements Part {}

  /// A configuration that the lock itself holds.
  public record Written(String place, String text) implements Part {}

  public ModelSet {
    parts = List.copyOf(parts);
  }

  public List<Fetched> fetched() {
    return parts.stream().filter(Fetched.class::isInstance).map(Fetched.class::cast).toList();
  }

  public List<Written> written() {
    return parts.stream().filter(Written.class::isInstance).map(Written.class::cast).toList();
  }

  /// The licences of its files, each once.
  public List<Licence> licences() {
    var licences = new ArrayList<Licence>();
    for (Fetched part : fetched()) {
      if (!licences.contains(part.file().licence())) {
        licences.add(part.file().licence());
      }
    }
    return licences;
  }

  /// The bytes of all its files, as far as sizes are known.
  public long bytes() {
    return fetched().stream().mapToLong(part -> part.file().about()).sum();
  }
}
