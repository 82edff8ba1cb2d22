package dev.kontext4j.vae;

import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Rename;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The names of an autoencoder's tensors in files: diffusers', those that the attention had in its
/// early versions, and the original release's.
final class VaeLayouts {
  private static final String TITLE = "an AutoencoderKL";
  private static final int MOST_LEVELS = 6;

  static final Layout DIFFUSERS = Layout.plain(TITLE);

  static final Layout EARLY_DIFFUSERS =
      new Layout(
          TITLE,
          Stream.of("encoder", "decoder")
              .flatMap(half -> earlyAttention(half + ".mid_block.attentions.0."))
              .toList(),
          List.of());

  static final List<Layout> ALL =
      Stream.concat(
              Stream.of(DIFFUSERS, EARLY_DIFFUSERS),
              IntStream.rangeClosed(1, MOST_LEVELS).mapToObj(VaeLayouts::original))
          .toList();

  private VaeLayouts() {}

  private static Stream<Rename> earlyAttention(String at) {
    return Stream.of(
        Rename.of(at + "to_q.+", at + "query.+"),
        Rename.of(at + "to_k.+", at + "key.+"),
        Rename.of(at + "to_v.+", at + "value.+"),
        Rename.of(at + "to_out.0.+", at + "proj_attn.+"));
  }

  /// The original release's names. It counts the levels of the decoder from the picture's down, so
  /// their number must be known.
  private static Layout original(int levels) {
    var renames = new ArrayList<Rename>();
    for (int i = 0; i < levels; i++) {
      String up = "decoder.up_blocks.%d.".formatted(i);
      String original = "decoder.up.%d.".formatted(levels - 1 - i);
      resnet(up + "resnets.*.", original + "block.*.").forEach(renames::add);
      renames.add(Rename.of(up + "upsamplers.0.conv.+", original + "upsample.conv.+"));
    }
    resnet("encoder.down_blocks.*.resnets.*.", "encoder.down.*.block.*.").forEach(renames::add);
    renames.add(
        Rename.of(
            "encoder.down_blocks.*.downsamplers.0.conv.+", "encoder.down.*.downsample.conv.+"));
    Stream.of("encoder.", "decoder.").flatMap(VaeLayouts::middle).forEach(renames::add);
    return new Layout(TITLE, renames, List.of());
  }

  private static Stream<Rename> middle(String half) {
    String attention = half + "mid_block.attentions.0.";
    String original = half + "mid.attn_1.";
    return Stream.of(
            resnet(half + "mid_block.resnets.0.", half + "mid.block_1."),
            resnet(half + "mid_block.resnets.1.", half + "mid.block_2."),
            Stream.of(
                Rename.of(attention + "group_norm.+", original + "norm.+"),
                Rename.of(attention + "to_q.+", original + "q.+"),
                Rename.of(attention + "to_k.+", original + "k.+"),
                Rename.of(attention + "to_v.+", original + "v.+"),
                Rename.of(attention + "to_out.0.+", original + "proj_out.+"),
                Rename.of(half + "conv_norm_out.+", half + "norm_out.+")))
        .flatMap(renames -> renames);
  }

  private static Stream<Rename> resnet(String asked, String stored) {
    return Stream.of(
        Rename.of(asked + "norm1.+", stored + "norm1.+"),
        Rename.of(asked + "conv1.+", stored + "conv1.+"),
        Rename.of(asked + "norm2.+", stored + "norm2.+"),
        Rename.of(asked + "conv2.+", stored + "conv2.+"),
        Rename.of(asked + "conv_shortcut.+", stored + "nin_shortcut.+"));
  }
}
