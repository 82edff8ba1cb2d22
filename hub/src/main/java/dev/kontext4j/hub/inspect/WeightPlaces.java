package dev.kontext4j.hub.inspect;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What there is to be looked at in a place: a file; or a folder's files, of which those that an
/// index holds together are one; or the networks of a model that diffusers laid out.
final class WeightPlaces {
  private static final List<String> ENDINGS = List.of(".safetensors", ".sft", ".gguf");
  private static final String INDEX = ".safetensors.index.json";
  private static final String MODEL = "model_index.json";

  private WeightPlaces() {}

  static List<Path> in(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    var places =
        Files.exists(path.resolve(MODEL))
            ? children(path).filter(Files::isDirectory).flatMap(WeightPlaces::ofFolder).toList()
            : ofFolder(path).toList();
    if (places.isEmpty()) {
      throw new CheckpointException(
          path + " holds no weight files (" + String.join(", ", ENDINGS) + "); name another");
    }
    return places;
  }

  private static Stream<Path> ofFolder(Path folder) {
    var files = children(folder).filter(Files::isRegularFile).toList();
    var places = new ArrayList<Path>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(INDEX)) {
        places.add(file);
      } else if (ENDINGS.stream().anyMatch(name::endsWith) && !isShard(files, name)) {
        places.add(file);
      }
    }
    return places.stream();
  }

  /// Whether an index beside it speaks for it: `model-00001-of-00002` belongs to `model`'s.
  private static boolean isShard(List<Path> files, String name) {
    String stem = name.replaceFirst("-\\d{5}-of-\\d{5}\\.safetensors$", "");
    return !stem.equals(name) && files.stream().anyMatch(file -> file.endsWith(stem + INDEX));
  }

  private static Stream<Path> children(Path folder) {
    try (var inside = Files.list(folder)) {
      return inside
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new CheckpointException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }
}
