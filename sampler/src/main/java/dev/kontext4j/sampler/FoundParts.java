package dev.kontext4j.sampler;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.WeightFile;
import dev.kontext4j.engine.weights.PartFiles;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// The networks that a file (or a folder with the files of one network) holds, by its content.
public record FoundParts(Path path, Map<PartKind, PartFiles> parts) {
  private static final String ARCHITECTURE = "general.architecture";
  private static final Set<String> ARCHITECTURES = Set.of("flux", "t5", "t5encoder", "clip");

  /// What may lie beside the networks, and does nothing for a picture.
  private static final Pattern SURPLUS =
      Pattern.compile(
          "(.*\\.)?(logit_scale|text_projection(\\.weight)?|position_ids|scaled_fp8|spiece_model)");

  public FoundParts {
    parts = Map.copyOf(parts);
  }

  /// Reads the headers.
  public static FoundParts in(Path path) {
    try (var checkpoint = Checkpoint.open(path)) {
      checkpoint.files().forEach(FoundParts::requireArchitecture);
      var prefixes = new EnumMap<PartKind, String>(PartKind.class);
      for (PartKind kind : PartKind.values()) {
        kind.prefix(checkpoint.names()).ifPresent(prefix -> prefixes.put(kind, prefix));
      }
      if (prefixes.isEmpty()) {
        throw new CheckpointException(
            "%s holds no part of FLUX.1 Kontext; its tensors are called %s"
                .formatted(path, Refusal.listed(checkpoint.names())));
      }
      requireNothingElse(path, checkpoint.names(), prefixes);
      var parts = new EnumMap<PartKind, PartFiles>(PartKind.class);
      prefixes.forEach(
          (kind, prefix) -> parts.put(kind, PartFiles.of(path, prefix, beside(prefix, prefixes))));
      return new FoundParts(path, parts);
    }
  }

  /// The part of a kind.
  ///
  /// @throws CheckpointException if it is not there
  public PartFiles require(PartKind kind) {
    if (!parts.containsKey(kind)) {
      throw new CheckpointException(
          "%s holds no %s, but a %s; name another file".formatted(path, kind.title(), titles()));
    }
    return Objects.requireNonNull(parts.get(kind));
  }

  /// What it holds, for messages.
  public String titles() {
    return String.join(" and a ", parts.keySet().stream().sorted().map(PartKind::title).toList());
  }

  private static void requireArchitecture(WeightFile file) {
    String named = file.metadata().get(ARCHITECTURE);
    if (named != null && !ARCHITECTURES.contains(named)) {
      throw new CheckpointException(
          "%s holds a model of the architecture %s, not FLUX.1 Kontext or one of its encoders"
              .formatted(file.path(), Refusal.quoted(named)));
    }
  }

  /// Prefixes of other parts that begin like this one.
  private static List<String> beside(String prefix, Map<PartKind, String> prefixes) {
    return prefixes.values().stream()
        .filter(other -> !other.equals(prefix) && other.startsWith(prefix))
        .distinct()
        .toList();
  }

  /// A part without a prefix is asked for strictly when it is opened.
  private static void requireNothingElse(
      Path path, Set<String> names, Map<PartKind, String> prefixes) {
    var surplus = new LinkedHashSet<>(names);
    surplus.removeIf(name ->
        prefixes.values().stream().anyMatch(name::startsWith) || SURPLUS.matcher(name).matches());
    if (!surplus.isEmpty()) {
      throw new CheckpointException(
          "%s holds %d tensors that belong to no part of the model: %s"
              .formatted(path, surplus.size(), Refusal.listed(surplus)));
    }
  }
}
