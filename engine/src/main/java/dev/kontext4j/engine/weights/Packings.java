package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.TensorEntry;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which tensors of a checkpoint are packed, and how: the blocks of GGUF files, and what ComfyUI
/// writes beside a weight (`X.weight` with `X.scale_weight` in older files, `X.weight_scale` and
/// more in newer ones). Scales of activations are passed over: what is expanded is multiplied in
/// full.
///
/// The reference is ComfyUI's `weight.to(type) * scale`, where the product is computed in f32 and
/// rounded once. (Its own kernels do not agree on whether the scale is rounded first.)
final class Packings {
  private static final String WEIGHT = ".weight";
  private static final String GROUP_SCALE = "weight_scale";
  private static final String SCALE_OF_SCALES = "weight_scale_2";
  private static final List<String> SCALES = List.of("scale_weight", GROUP_SCALE);
  private static final List<String> COMPANIONS =
      List.of(
          "scale_weight",
          GROUP_SCALE,
          SCALE_OF_SCALES,
          "scale_input",
          "input_scale",
          LayerFormats.BESIDE);

  /// Says that a file's numbers are scaled; an empty tensor.
  private static final String MARKER = "scaled_fp8";

  private final Checkpoint checkpoint;
  private final LayerFormats formats;
  private final Map<String, Optional<Packing>> known = new HashMap<>();

  Packings(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.formats = new LayerFormats(checkpoint);
  }

  /// How a tensor is packed; empty if its elements are stored as they are.
  Optional<Packing> of(String name) {
    var packing = known.get(name);
    if (packing == null) {
      packing = find(name);
      known.put(name, packing);
    }
    return packing;
  }

  /// Whether a tensor should stay packed in memory. Biases and the scales of norms are small.
  boolean staysPacked(String name) {
    return of(name).isPresent() && checkpoint.entry(name).shape().size() > 1;
  }

  /// The stored tensors that a tensor's numbers are made of.
  Stream<String> sources(String name) {
    var others = of(name).stream().flatMap(packing -> packing.sources().stream());
    return Stream.concat(Stream.of(name), others);
  }

  /// The shape that a tensor has in the model.
  long[] shape(String name) {
    return of(name)
        .map(packing -> packing.shape(checkpoint, name))
        .orElseGet(() -> checkpoint.entry(name).sizes());
  }

  /// Whether a stored name says something of the file itself.
  boolean isMarker(String name) {
    return name.equals(MARKER);
  }

  private Optional<Packing> find(String name) {
    var entry = checkpoint.entry(name);
    if (entry.blocks().isPresent()) {
      return entry.blocks().map(Packing.InBlocks::new);
    }
    if (!name.endsWith(WEIGHT)) {
      return scaled(entry, "", Set.of());
    }
    String layer = name.substring(0, name.length() - WEIGHT.length());
    var companions = companions(layer);
    var format = formats.of(layer);
    format.ifPresent(known -> requireKnown(layer, known));
    boolean fourBits = companions.contains(layer + "." + SCALE_OF_SCALES);
    return fourBits || format.filter(known -> known.name().equals("nvfp4")).isPresent()
        ? Optional.of(fourBits(layer, companions))
        : scaled(entry, layer, companions);
  }

  private void requireKnown(String layer, LayerFormats.Format format) {
    boolean known =
        switch (format.name()) {
          case "float8_e4m3fn", "float8_e5m2", "nvfp4" -> true;
          case "int8_tensorwise" -> !format.rotated();
          default -> false;
        };
    if (!known) {
      throw new CheckpointException(
          "%s: the layer '%s' is packed as %s%s, which is not supported; get the model in bf16, in fp8, or as GGUF"
              .formatted(
                  checkpoint.path(),
                  layer,
                  format.name(),
                  format.rotated() ? " with convrot" : ""));
    }
  }

  private Packing fourBits(String layer, Set<String> companions) {
    String groupScales = layer + "." + GROUP_SCALE;
    String scale = layer + "." + SCALE_OF_SCALES;
    if (!companions.containsAll(List.of(groupScales, scale))) {
      throw new CheckpointException(
          "%s: the 4-bit layer '%s' lacks its scales; get another version of the model"
              .formatted(checkpoint.path(), layer));
    }
    return new NvFp4Packing(groupScales, Scale.read(checkpoint, scale, 1).ofAll(), companions);
  }

  private Optional<Packing> scaled(TensorEntry entry, String layer, Set<String> companions) {
    var scale = SCALES.stream().map(suffix -> layer + "." + suffix).filter(companions::contains);
    var factor = scale.findFirst().map(other -> Scale.read(checkpoint, other, rows(entry)));
    boolean small = entry.dtype().filter(Packings::isFloat8).isPresent();
    return factor.isEmpty() && !small
        ? Optional.empty()
        : entry.dtype().map(stored -> new Packing.Scaled(stored, factor, companions));
  }

  private static long rows(TensorEntry entry) {
    return entry.shape().isEmpty() ? 1 : entry.shape().getFirst();
  }

  private Set<String> companions(String layer) {
    var companions = new LinkedHashSet<String>();
    COMPANIONS.stream()
        .map(suffix -> layer + "." + suffix)
        .filter(other -> checkpoint.find(other).isPresent())
        .forEach(companions::add);
    return companions;
  }

  private static boolean isFloat8(DType type) {
    return type == DType.F8_E4M3 || type == DType.F8_E5M2;
  }
}
