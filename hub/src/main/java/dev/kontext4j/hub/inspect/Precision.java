package dev.kontext4j.hub.inspect;

import dev.kontext4j.engine.file.TensorEntry;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How the numbers of a file are stored.
///
/// @param scheme in words; empty where the types say it all
/// @param types how many tensors and elements there are of each
public record Precision(String scheme, Map<String, Count> types) {
  /// What only helps to unpack others.
  private static final Pattern HELPERS =
      Pattern.compile(
          "(.*\\.)?(scaled_fp8|comfy_quant|scale_weight|scale_input|weight_scale(_2)?|input_scale"
              + "|absmax|quant_map|quant_state\\..*|nested_.*|wscales|wcscales|wtscale)");

  /// How much there is of a type.
  ///
  /// @param elements as they are stored, which for packed ones may be fewer than the model has
  public record Count(int tensors, long elements) {
    Count plus(long more) {
      return new Count(tensors + 1, elements + more);
    }
  }

  static Precision of(Contents contents) {
    var types = new TreeMap<String, Count>();
    contents
        .tensors()
        .forEach((name, tensor) -> {
          if (!HELPERS.matcher(name).matches()) {
            types.merge(
                tensor.dtypeName(),
                new Count(1, elements(tensor)),
                (before, one) -> before.plus(one.elements()));
          }
        });
    return new Precision(scheme(contents, types), types);
  }

  private static long elements(TensorEntry tensor) {
    return tensor.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  private static String scheme(Contents contents, Map<String, Count> types) {
    if (contents.hasEnding(".weight_scale_2")) {
      return "NVFP4 with ComfyUI's scales";
    }
    if (contents.hasEnding(".comfy_quant")
        || contents.metadata().containsKey("_quantization_metadata")) {
      return "packed, with ComfyUI's newer marks";
    }
    if (contents.hasEnding("scaled_fp8") || contents.hasEnding(".scale_weight")) {
      return "8 bits with ComfyUI's scales (older marks)";
    }
    if (contents.hasEnding(".weight_scale")) {
      return "8 bits with scales";
    }
    if (contents.hasAny(name -> name.contains(".quant_state.bitsandbytes"))) {
      return "packed by bitsandbytes";
    }
    if (contents.hasEnding(".qweight")) {
      return "packed for Nunchaku's kernels";
    }
    return types.keySet().stream().anyMatch(type -> type.startsWith("F8_"))
        ? "plain 8 bits, without scales"
        : "";
  }

  /// All elements.
  public long elements() {
    return types.values().stream().mapToLong(Count::elements).sum();
  }
}
