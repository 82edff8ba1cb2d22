package dev.kontext4j.hub.inspect;

import java.util.List;
import java.util.Optional;

/// T5's encoders, told apart by their width and words.
final class T5Recogniser implements Recogniser {
  private static final long XXL = 4096;
  private static final long WORDS = 32_128;

  @Override
  public Optional<Part> in(Contents contents) {
    for (String sign : List.of("shared.weight", "encoder.embed_tokens.weight")) {
      var prefix =
          Recogniser.prefix(contents, sign)
              .filter(p -> contents.hasAny(name -> name.startsWith(p + "encoder.block.")));
      if (prefix.isPresent()) {
        String gate = prefix.get() + "encoder.block.0.layer.1.DenseReluDense.wi_0.weight";
        boolean gated = contents.has(gate);
        return Optional.of(part(contents, prefix.get(), sign, "transformers' names", gated));
      }
    }
    return Recogniser.prefix(contents, "token_embd.weight")
        .filter(p -> contents.hasAny(name -> name.startsWith(p + "enc.blk.")))
        .map(p ->
            part(
                contents,
                p,
                "token_embd.weight",
                "llama.cpp's names",
                contents.has(p + "enc.blk.0.ffn_gate.weight")));
  }

  private static Part part(
      Contents contents, String prefix, String sign, String layout, boolean gated) {
    long words = contents.side(prefix + sign, 0).orElse(0L);
    long width = contents.side(prefix + sign, 1).orElse(0L);
    boolean usable = width == XXL && words == WORDS && gated;
    var fit = new Part.Fit(Optional.empty(), Optional.empty(), Optional.of(width));
    return new Part(
        Part.Kind.T5, prefix, layout, words(words, width, gated), usable, Optional.of(fit));
  }

  private static String words(long words, long width, boolean gated) {
    if (words > WORDS) {
      return "this is UMT5 (%d words), not T5-XXL, which FLUX.1 uses".formatted(words);
    }
    String version = gated ? "T5 1.1" : "the first T5";
    String size =
        switch ((int) width) {
          case 512 -> "small";
          case 768 -> "base";
          case 1024 -> "large";
          case 2048 -> "XL";
          case 4096 -> "XXL";
          default -> width + " wide";
        };
    return width == XXL && gated
        ? "T5-XXL 1.1, as FLUX.1 uses it"
        : "this is %s %s, not T5-XXL 1.1, which FLUX.1 uses".formatted(version, size);
  }
}
