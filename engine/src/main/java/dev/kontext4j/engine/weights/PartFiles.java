package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.WeightFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a network's weights are: a folder or a file, which may hold other networks, too.
///
/// @param path the folder or file
/// @param prefix what the names of this network's tensors begin with; often nothing
/// @param others prefixes of what else is in there
/// @param config the network's `config.json`; without one its sizes are read from its tensors
public record PartFiles(Path path, String prefix, List<String> others, Optional<Path> config) {
  /// In a file's metadata.
  public static final String CARRIED = "config";

  private static final String CONFIG = "config.json";

  public PartFiles {
    others = List.copyOf(others);
  }

  /// A folder with weights and a `config.json`, as diffusers lays it out.
  public static PartFiles folder(Path folder) {
    return new PartFiles(folder, "", List.of(), Optional.of(folder.resolve(CONFIG)));
  }

  /// A file, or a folder of files, with weights; a `config.json` beside them is read.
  public static PartFiles of(Path path, String prefix, List<String> others) {
    Path folder = Files.isDirectory(path) ? path : path.resolveSibling("");
    boolean alone = prefix.isEmpty() && others.isEmpty();
    return new PartFiles(
        path,
        prefix,
        others,
        Optional.of(folder.resolve(CONFIG)).filter(file -> alone && Files.isRegularFile(file)));
  }

  /// Opens the files; their owner closes them.
  public Checkpoint open() {
    return Checkpoint.open(path).part(prefix, others);
  }

  /// The config, if there is one: a file, or a text that the weights carry with them.
  Optional<ModelConfig> readConfig(Checkpoint opened) {
    return config.map(ModelConfig::read).or(() -> carried(opened));
  }

  private Optional<ModelConfig> carried(Checkpoint opened) {
    return opened.files().stream()
        .map(WeightFile::metadata)
        .filter(metadata -> metadata.containsKey(CARRIED) && others.isEmpty())
        .map(metadata -> metadata.getOrDefault(CARRIED, "").getBytes(StandardCharsets.UTF_8))
        .map(text -> ModelConfig.parse(path, text))
        .findFirst();
  }
}
