package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.TensorEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which tensors of a checkpoint are packed, and how: the blocks of GGUF files, and 8-bit numbers
/// with or without a scale beside them, as ComfyUI writes them (`X.weight` with `X.scale_weight` in
/// older files and `X.weight_scale` in newer ones). Scales of activations are passed over: what is
/// expanded is multiplied in full precision.
///
/// The reference is ComfyUI's: `weight.to(compute type) * scale`, where the product is computed in
/// f32 and rounded once.
final class Packings {
  private static final String WEIGHT = "weight";
  private static final List<String> SCALES = List.of("scale_weight", "weight_scale");
  private static final List<String> PASSED_OVER =
      List.of("scale_input", "input_scale", "comfy_quant");

  /// Says that a file's numbers are scaled; an empty tensor.
  private static final Set<String> MARKERS = Set.of("scaled_fp8");

  private final Checkpoint checkpoint;
  private final Map<String, Optional<Packing>> known = new HashMap<>();

  Packings(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /// How a tensor is packed; empty if its elements are stored as they are.
  Optional<Packing> of(String name) {
    return known.computeIfAbsent(name, this::find);
  }

  /// Whether a tensor should stay packed in memory. Biases and the scales of norms are small.
  boolean staysPacked(String name) {
    return of(name).isPresent() && checkpoint.entry(name).shape().size() > 1;
  }

  /// The shape that a tensor has in the model.
  long[] shape(String name) {
    return of(name)
        .map(packing -> packing.shape(checkpoint, name))
        .orElseGet(() -> checkpoint.entry(name).sizes());
  }

  /// Whether a stored name says something of the file itself.
  boolean isMarker(String name) {
    return MARKERS.contains(name);
  }

  private Optional<Packing> find(String name) {
    var entry = checkpoint.entry(name);
    if (entry.blocks().isPresent()) {
      return entry.blocks().map(Packing.InBlocks::new);
    }
    var companions = companions(name);
    var scale = companions.stream().filter(Packings::isScale).findFirst();
    boolean small = entry.dtype().filter(Packings::isFloat8).isPresent();
    if (scale.isEmpty() && !small) {
      return Optional.empty();
    }
    return entry
        .dtype()
        .map(stored ->
            new Packing.Scaled(stored, scale.map(other -> scale(other, entry)), companions));
  }

  private Scale scale(String name, TensorEntry of) {
    return Scale.read(checkpoint, name, of.shape().isEmpty() ? 1 : of.shape().getFirst());
  }

  private Set<String> companions(String name) {
    if (!name.endsWith("." + WEIGHT)) {
      return Set.of();
    }
    String layer = name.substring(0, name.length() - WEIGHT.length());
    var companions = new HashSet<String>();
    for (var suffixes : List.of(SCALES, PASSED_OVER)) {
      suffixes.stream()
          .map(layer::concat)
          .filter(other -> checkpoint.find(other).isPresent())
          .forEach(companions::add);
    }
    return companions;
  }

  private static boolean isScale(String name) {
    return SCALES.stream().anyMatch(suffix -> name.endsWith("." + suffix));
  }

  private static boolean isFloat8(DType type) {
    return type == DType.F8_E4M3 || type == DType.F8_E5M2;
  }
}
