package dev.kontext4j.vae;

import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Rename;
import java.util.List;
import java.util.stream.Stream;

/// The names of an autoencoder's tensors in files: diffusers', and those that the attention had in
/// its early versions.
final class VaeLayouts {
  private static final String TITLE = "an AutoencoderKL";

  static final Layout DIFFUSERS = Layout.plain(TITLE);

  static final Layout EARLY_DIFFUSERS =
      new Layout(
          TITLE,
          Stream.of("encoder", "decoder")
              .flatMap(half -> earlyAttention(half + ".mid_block.attentions.0."))
              .toList(),
          List.of());

  static final List<Layout> ALL = List.of(DIFFUSERS, EARLY_DIFFUSERS);

  private VaeLayouts() {}

  private static Stream<Rename> earlyAttention(String at) {
    return Stream.of(
        Rename.of(at + "to_q.+", at + "query.+"),
        Rename.of(at + "to_k.+", at + "key.+"),
        Rename.of(at + "to_v.+", at + "value.+"),
        Rename.of(at + "to_out.0.+", at + "proj_attn.+"));
  }
}
