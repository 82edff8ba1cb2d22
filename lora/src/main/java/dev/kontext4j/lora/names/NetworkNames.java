package dev.kontext4j.lora.names;

import dev.kontext4j.engine.weights.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the layer that an adapter's name means. Trainers write one layer as
/// `transformer.transformer_blocks.0.attn.to_q`, `lora_unet_double_blocks_0_img_attn_qkv` (of which
/// it is a third) or `base_model.model.double_blocks.0.img_attn.qkv`; what differs is the prefix,
/// dots or underscores, and which of the known layouts names the rest.
public final class NetworkNames {
  private static final List<String> PREFIXES =
      List.of(
          "lora_unet_",
          "lora_transformer_",
          "lora_te1_",
          "lora_te2_", // T5, as OneTrainer counts
          "lora_te3_",
          "lora_te_",
          "lycoris_",
          "transformer_",
          "model_diffusion_model_",
          "diffusion_model_",
          "base_model_model_",
          "text_encoders_clip_l_transformer_",
          "text_encoders_t5xxl_transformer_",
          "text_encoder_2_",
          "text_encoder_",
          "clip_l_",
          "t5xxl_",
          "t5_");

  /// ComfyUI's and XLabs's name for the attention's share of a single block's first layer.
  private static final String LINEAR1 = "linear1";

  private final Map<String, Place> places = new HashMap<>();
  private final Map<Part, Map<String, long[]>> shapes = new LinkedHashMap<>();
  private final Map<Part, Layout> lastLayouts = new LinkedHashMap<>();

  /// Names of no network yet.
  public NetworkNames() {}

  /// Adds a network.
  ///
  /// @param parameters the shapes of its tensors by its own names
  /// @param layouts how files may name them
  public NetworkNames with(Part part, Map<String, long[]> parameters, List<Layout> layouts) {
    shapes.put(part, parameters);
    lastLayouts.put(part, layouts.getLast());
    var all = new ArrayList<Layout>();
    all.add(Layout.plain("the network"));
    all.addAll(layouts);
    for (Layout layout : all) {
      var named = new LayerNames(part, parameters, layout);
      named
          .places()
          .forEach((name, place) -> places.merge(flat(name), place, NetworkNames::better));
    }
    for (String name : parameters.keySet()) {
      if (name.endsWith("." + LINEAR1 + ".weight")) {
        String layer = name.substring(0, name.lastIndexOf('.'));
        find(layer)
            .flatMap(LayerNames::attentionShare)
            .ifPresent(share -> places.putIfAbsent(flat(layer + "_qkv"), share));
      }
    }
    return this;
  }

  /// Of two places of one name, the one that knows its pieces.
  private static Place better(Place known, Place next) {
    return next.pieces().size() > known.pieces().size() ? next : known;
  }

  /// The shapes of a network's tensors.
  public Map<String, long[]> parameters(Part part) {
    return shapes.getOrDefault(part, Map.of());
  }

  /// The layers that a tensor is spread over, one below the other.
  ///
  /// @param tensor the network's name
  /// @param elsewhere whether by the names of the last layout, else by the network's own
  public List<Portion> portions(Part part, String tensor, boolean elsewhere) {
    var layout = elsewhere ? lastLayouts.get(part) : Layout.plain("the network");
    if (layout == null) {
      throw new IllegalArgumentException("no network " + part);
    }
    return LayerNames.portions(parameters(part), layout, tensor);
  }

  /// The layer of that name, under whatever prefix.
  public Optional<Place> find(String layer) {
    return findFlat(flat(layer));
  }

  private Optional<Place> findFlat(String name) {
    var place = places.get(name);
    if (place != null) {
      return Optional.of(place);
    }
    for (String prefix : PREFIXES) {
      if (name.startsWith(prefix)) {
        var shorter = findFlat(name.substring(prefix.length()));
        if (shorter.isPresent()) {
          return shorter;
        }
      }
    }
    return Optional.empty();
  }

  private static String flat(String name) {
    return name.replace('.', '_');
  }
}
