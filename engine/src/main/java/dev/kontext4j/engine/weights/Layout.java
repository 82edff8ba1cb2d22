package dev.kontext4j.engine.weights;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A way in which files name a model's tensors.
///
/// @param title what people call it, for messages
/// @param renames from the network's names to the file's; a name without one is the same in both
/// @param ignored names that a file may hold although no network asks for them
public record Layout(String title, List<Rename> renames, List<Pattern> ignored) {

  /// The files use the network's own names.
  public static Layout plain(String title) {
    return new Layout(title, List.of(), List.of());
  }

  /// Of several layouts, the one that shares most of its fixed names with the files.
  public static Layout best(List<Layout> layouts, Set<String> storedNames) {
    Layout best = layouts.getFirst();
    for (Layout layout : layouts) {
      if (layout.matches(storedNames) > best.matches(storedNames)) {
        best = layout;
      }
    }
    return best;
  }

  private long matches(Set<String> storedNames) {
    return renames.stream().map(Rename::example).filter(storedNames::containsAll).count();
  }

  /// Where a tensor that the network asks for stands in the files.
  public StoredAs storedAs(String name) {
    for (Rename rename : renames) {
      Optional<List<String>> stored = rename.storedNames(name);
      if (stored.isPresent()) {
        return new StoredAs(stored.get(), rename.swapHalves());
      }
    }
    return new StoredAs(List.of(name), false);
  }

  boolean ignores(String storedName) {
    return ignored.stream().anyMatch(pattern -> pattern.matcher(storedName).matches());
  }

  /// The stored names whose rows, one below the other, make up a tensor, whose halves may then have
  /// to change places.
  public record StoredAs(List<String> names, boolean swapHalves) {}
}
