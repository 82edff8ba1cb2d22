package dev.kontext4j.hub.inspect;

import java.util.Optional;

/// CLIP's text encoders, told apart by their width.
final class ClipRecogniser implements Recogniser {
  private static final String EMBEDDING = "embeddings.token_embedding.weight";
  private static final String OPEN_CLIP = "transformer.resblocks.0.attn.in_proj_weight";
  private static final long LARGE = 768;

  @Override
  public Optional<Part> in(Contents contents) {
    return Recogniser.prefix(contents, "text_model." + EMBEDDING)
        .map(prefix -> part(contents, prefix, "text_model." + EMBEDDING, "transformers' names"))
        .or(() ->
            Recogniser.prefix(contents, EMBEDDING)
                .map(prefix -> part(contents, prefix, EMBEDDING, "transformers 5's names")))
        .or(() ->
            Recogniser.prefix(contents, OPEN_CLIP)
                .map(prefix -> part(contents, prefix, OPEN_CLIP, "OpenCLIP's names")));
  }

  private static Part part(Contents contents, String prefix, String sign, String layout) {
    long width = contents.side(prefix + sign, 1).orElse(0L);
    boolean usable = width == LARGE && !sign.equals(OPEN_CLIP);
    var fit = new Part.Fit(Optional.empty(), Optional.of(width), Optional.empty());
    return new Part(Part.Kind.CLIP, prefix, layout, words(width), usable, Optional.of(fit));
  }

  private static String words(long width) {
    return switch ((int) width) {
      case 768 -> "CLIP-L, as FLUX.1 uses it";
      case 1024 -> "this is OpenCLIP-H, not CLIP-L, which FLUX.1 uses";
      case 1280 -> "this is CLIP-G, not CLIP-L, which FLUX.1 uses";
      default -> "a CLIP %d wide; FLUX.1 uses CLIP-L, which is 768 wide".formatted(width);
    };
  }
}
