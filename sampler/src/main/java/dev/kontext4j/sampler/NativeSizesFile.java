package dev.kontext4j.sampler;

import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `native_sizes.json`, which a model folder holds if its sizes are not Kontext's: `{"area": 16384,
/// "buckets": [[112, 144], [128, 128], [144, 112]]}`, each bucket a width and a height in pixels.
record NativeSizesFile(Path path) {

  /// What the file says, or Kontext's sizes without one.
  ///
  /// @param grid the latent grid in pixels
  /// @throws dev.kontext4j.engine.CheckpointException if the model could not make these sizes
  NativeSizes read(int grid) {
    if (!Files.exists(path)) {
      return NativeSizes.KONTEXT;
    }
    var config = ModelConfig.read(path);
    int area = config.size("area");
    config.require(
        area >= grid * grid,
        "the area %d is less than a single token, %dx%d pixels".formatted(area, grid, grid));
    var buckets = new ArrayList<Size>();
    for (List<Integer> sides : config.lists("buckets")) {
      config.require(
          sides.size() == 2 && sides.stream().allMatch(side -> side % grid == 0),
          "the bucket %s must be a width and a height, both multiples of %d"
              .formatted(sides, grid));
      buckets.add(new Size(sides.getFirst(), sides.getLast()));
    }
    return new NativeSizes(area, buckets);
  }
}
