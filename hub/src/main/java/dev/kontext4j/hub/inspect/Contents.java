package dev.kontext4j.hub.inspect;

import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.TensorEntry;
import dev.kontext4j.engine.file.WeightFile;
import dev.kontext4j.engine.gguf.GgufFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the headers of one file, or of the files of one network, say. No data is read.
///
/// @param format for people
/// @param tensors by name
record Contents(
    List<Path> files,
    String format,
    Map<String, String> metadata,
    Map<String, TensorEntry> tensors) {

  /// Reads the headers of a file, an index or a folder with the files of one network.
  static Contents read(Path path) {
    try (var checkpoint = Checkpoint.open(path)) {
      var metadata = new TreeMap<String, String>();
      var tensors = new LinkedHashMap<String, TensorEntry>();
      for (WeightFile file : checkpoint.files()) {
        metadata.putAll(file.metadata());
        tensors.putAll(file.tensors());
      }
      String format = checkpoint.files().getFirst() instanceof GgufFile ? "GGUF" : "safetensors";
      var files = checkpoint.files().stream().map(WeightFile::path).toList();
      return new Contents(files, format, metadata, tensors);
    }
  }

  /// The tensors whose names begin with a prefix, under the rest of their names.
  Contents below(String prefix) {
    var below =
        tensors.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().substring(prefix.length()),
                    Map.Entry::getValue,
                    (first, _) -> first,
                    LinkedHashMap::new));
    return new Contents(files, format, metadata, below);
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  boolean hasAny(Predicate<String> name) {
    return tensors.keySet().stream().anyMatch(name);
  }

  boolean hasEnding(String end) {
    return hasAny(name -> name.endsWith(end));
  }

  /// A side of a tensor, if there is such a tensor.
  Optional<Long> side(String name, int axis) {
    return Optional.ofNullable(tensors.get(name))
        .map(TensorEntry::shape)
        .filter(shape -> shape.size() > axis)
        .map(shape -> shape.get(axis));
  }

  /// One more than the highest number that stands behind `list.`, as in `list.7.weight`.
  int length(String list) {
    int length = 0;
    for (String name : tensors.keySet()) {
      if (name.startsWith(list + ".")) {
        String rest = name.substring(list.length() + 1);
        String digits = rest.substring(0, Math.max(0, rest.indexOf('.')));
        if (digits.matches("\\d{1,6}")) {
          length = Math.max(length, Integer.parseInt(digits) + 1);
        }
      }
    }
    return length;
  }
}
