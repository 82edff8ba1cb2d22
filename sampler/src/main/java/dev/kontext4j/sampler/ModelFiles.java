package dev.kontext4j.sampler;

import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where all parts of a model are, in whatever layout. What no file gives is as FLUX.1 Kontext
/// [dev] is published.
///
/// @param networks the files of each
/// @param tokenizers the folders of theirs
/// @param scheduler its config
/// @param nativeSizes the sizes that it was trained on
/// @param isFolder whether it is one folder as diffusers lays it out, and nothing else
/// @param files all files that the model is made of, by the names that a recipe may call them
public record ModelFiles(
    Map<PartKind, PartFiles> networks,
    TokenizerFolders tokenizers,
    Optional<Path> scheduler,
    Optional<Path> nativeSizes,
    boolean isFolder,
    SortedMap<String, Path> files) {
  public ModelFiles {
    networks = Map.copyOf(networks);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  PartFiles part(PartKind kind) {
    return Objects.requireNonNull(networks.get(kind));
  }

  SchedulerConfig schedulerConfig() {
    return scheduler
        .map(file -> SchedulerConfig.from(ModelConfig.read(file).fields()))
        .orElse(SchedulerConfig.KONTEXT);
  }

  /// @param grid the latent grid in pixels
  NativeSizes sizes(int grid) {
    return nativeSizes
        .map(file -> new NativeSizesFile(file).read(grid))
        .orElse(NativeSizes.KONTEXT);
  }
}
