package dev.kontext4j.sampler;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The networks of a model, each known by the name of a tensor that no other has, whatever stands
/// before it.
public enum PartKind {
  TRANSFORMER("FLUX transformer", "transformer"),
  VAE("VAE", "vae"),
  CLIP("CLIP text encoder", "text_encoder"),
  T5("T5 encoder", "text_encoder_2");

  private final String title;
  private final String folder;

  PartKind(String title, String folder) {
    this.title = title;
    this.folder = folder;
  }

  /// For messages.
  public String title() {
    return title;
  }

  /// Its folder, where diffusers lays a model out.
  public String folder() {
    return folder;
  }

  /// What the names of this network's tensors begin with, if it is among them.
  Optional<String> prefix(Set<String> names) {
    for (String sign : signs()) {
      for (String name : names) {
        if (name.equals(sign) || name.endsWith("." + sign)) {
          return Optional.of(name.substring(0, name.length() - sign.length()));
        }
      }
    }
    return Optional.empty();
  }

  /// Each is enough.
  private List<String> signs() {
    return switch (this) {
      case TRANSFORMER -> List.of("img_in.weight", "x_embedder.weight");
      case VAE -> List.of("decoder.conv_in.weight");
      case CLIP ->
          List.of(
              "text_model.embeddings.token_embedding.weight", "embeddings.token_embedding.weight");
      case T5 -> List.of("encoder.embed_tokens.weight", "shared.weight", "enc.output_norm.weight");
    };
  }
}
