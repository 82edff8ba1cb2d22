package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.file.FileRange;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.WeightFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// A `*.safetensors.index.json`: which file of the same folder holds which tensor.
///
/// @param shardOf the file of each tensor, all inside the folder of the index
public record ShardIndex(Path file, Map<String, Path> shardOf) {
  public static final String SUFFIX = ".safetensors.index.json";

  private static final String WEIGHT_MAP = "weight_map";
  private static final long LONGEST = SafetensorsHeader.LONGEST;
  private static final int ENTRY_WEIGHT = 120;

  public static ShardIndex read(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var json = new StrictJson(file, new FileRange(channel, 0, channel.size()))) {
      if (channel.size() > LONGEST) {
        throw Refusal.of(
            file, "is %d bytes long, expected at most %d".formatted(channel.size(), LONGEST));
      }
      return new ShardIndex(file, read(file, json));
    } catch (IOException e) {
      throw StrictJson.refusal(file, e);
    }
  }

  private static Map<String, Path> read(Path file, StrictJson json) throws IOException {
    Map<String, Path> shardOf = null;
    json.beginObject("the index");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (!name.equals(WEIGHT_MAP)) {
        json.skip();
      } else if (shardOf == null) {
        shardOf = weightMap(file, json);
      } else {
        throw Refusal.of(file, "'weight_map' comes twice; " + Refusal.DAMAGED);
      }
    }
    json.end();
    if (shardOf == null || shardOf.isEmpty()) {
      throw Refusal.of(file, "has no 'weight_map' that names tensors; " + Refusal.DAMAGED);
    }
    return shardOf;
  }

  /// The files that hold tensors, by name. All of them exist.
  public List<Path> shards() {
    var shards = new TreeSet<>(shardOf.values());
    var missing = shards.stream().filter(shard -> !Files.exists(shard)).toList();
    if (!missing.isEmpty()) {
      throw Refusal.of(
          file,
          "names files that are missing: %s; download them again"
              .formatted(Refusal.listed(fileNames(missing))));
    }
    return new ArrayList<>(shards);
  }

  /// That every tensor is in the file that the index says.
  public void check(List<? extends WeightFile> opened) {
    var byPath = new HashMap<Path, WeightFile>();
    opened.forEach(shard -> byPath.put(shard.path(), shard));
    var missing = new ArrayList<String>();
    shardOf.forEach((name, shard) -> {
      if (!Objects.requireNonNull(byPath.get(shard)).tensors().containsKey(name)) {
        missing.add(name);
      }
    });
    if (!missing.isEmpty()) {
      throw Refusal.of(
          file,
          "names tensors that are not in their files: %s; download the folder again"
              .formatted(Refusal.listed(missing)));
    }
  }

  private static Map<String, Path> weightMap(Path file, StrictJson json) throws IOException {
    var shardOf = new LinkedHashMap<String, Path>();
    var paths = new HashMap<String, Path>();
    json.beginObject("the weight_map");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.keep(ENTRY_WEIGHT + 2L * name.length());
      String shard = json.text("every file of the weight_map");
      Path path = paths.computeIfAbsent(shard, text -> beside(file, text));
      if (shardOf.putIfAbsent(name, path) != null) {
        throw Refusal.of(
            file, "the name %s comes twice; %s".formatted(Refusal.quoted(name), Refusal.DAMAGED));
      }
    }
    return shardOf;
  }

  /// A file in the folder of the index; what leads out of it is refused.
  private static Path beside(Path index, String shard) {
    try {
      Path relative = Path.of(shard);
      boolean climbs = relative.getRoot() != null || shard.isEmpty() || shard.contains("\\");
      for (Path part : relative) {
        climbs |= part.toString().equals("..") || part.toString().equals(".");
      }
      if (!climbs) {
        return index.resolveSibling(relative);
      }
    } catch (InvalidPathException _) {
      // No name that this system can give a file: refused below.
    }
    throw Refusal.of(
        index,
        "names the file %s, expected one inside its own folder: do not trust this download"
            .formatted(Refusal.quoted(shard)));
  }

  private static List<String> fileNames(List<Path> paths) {
    return paths.stream().map(path -> String.valueOf(path.getFileName())).toList();
  }
}
