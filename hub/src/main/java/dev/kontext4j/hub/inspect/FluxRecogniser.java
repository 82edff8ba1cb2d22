package dev.kontext4j.hub.inspect;

import java.util.Optional;

/// FLUX.1's transformers: Kontext, and those that look like it or nearly so.
final class FluxRecogniser implements Recogniser {
  private static final int PATCH = 4; // pixels of the latent in a token

  @Override
  public Optional<Part> in(Contents contents) {
    if (contents.hasEnding(OtherRecogniser.CONTROLNET)) {
      return Optional.empty();
    }
    return Recogniser.prefix(contents, "img_in.weight")
        .filter(prefix -> contents.hasAny(name -> name.startsWith(prefix + "double_blocks.")))
        .map(prefix -> part(contents.below(prefix), prefix, Names.ORIGINAL))
        .or(() ->
            Recogniser.prefix(contents, "x_embedder.weight")
                .filter(prefix ->
                    contents.hasAny(name -> name.startsWith(prefix + "single_transformer_blocks.")))
                .map(prefix -> part(contents.below(prefix), prefix, Names.DIFFUSERS)));
  }

  /// The names of the tensors that tell members of the family apart.
  private enum Names {
    ORIGINAL(
        "the original release's names",
        "img_in.weight",
        "txt_in.weight",
        "vector_in.in_layer.weight",
        "guidance_in.in_layer.weight",
        "double_blocks",
        "single_blocks"),
    DIFFUSERS(
        "diffusers' names",
        "x_embedder.weight",
        "context_embedder.weight",
        "time_text_embed.text_embedder.linear_1.weight",
        "time_text_embed.guidance_embedder.linear_1.weight",
        "transformer_blocks",
        "single_transformer_blocks");

    private final String title;
    private final String image;
    private final String text;
    private final String pooled;
    private final String guidance;
    private final String doubles;
    private final String singles;

    Names(
        String title,
        String image,
        String text,
        String pooled,
        String guidance,
        String doubles,
        String singles) {
      this.title = title;
      this.image = image;
      this.text = text;
      this.pooled = pooled;
      this.guidance = guidance;
      this.doubles = doubles;
      this.singles = singles;
    }
  }

  private static Part part(Contents network, String prefix, Names names) {
    long channels = network.side(names.image, 1).orElse(0L);
    boolean guided = network.has(names.guidance);
    int doubles = network.length(names.doubles);
    int singles = network.length(names.singles);
    var kin = Kin.of(network, channels, guided);
    String what =
        kin.words
            + "; %d double and %d single blocks, %d wide"
                .formatted(doubles, singles, network.side(names.image, 0).orElse(0L));
    var fit =
        new Part.Fit(
            Optional.of(channels / PATCH).filter(_ -> kin == Kin.KONTEXT),
            network.side(names.pooled, 1),
            network.side(names.text, 1));
    return new Part(
        Part.Kind.TRANSFORMER, prefix, names.title, what, kin == Kin.KONTEXT, Optional.of(fit));
  }

  private enum Kin {
    KONTEXT(
        "it has FLUX.1 Kontext [dev]'s shapes, but so have FLUX.1 [dev]'s and [Krea]'s weights"),
    SCHNELL("this is FLUX.1 [schnell], not Kontext: it knows no guidance and no reference picture"),
    FILL(
        "this is FLUX.1 Fill [dev], not Kontext: it takes a picture and a mask besides (384"
            + " channels)"),
    CONTROL(
        "this is FLUX.1 Canny [dev] or Depth [dev], not Kontext: it takes a control picture besides"
            + " (128 channels)"),
    CHROMA("this is Chroma, made from FLUX.1 [schnell], not Kontext"),
    OTHER("this is of FLUX.1's family, but no model that is known");

    private final String words;

    Kin(String words) {
      this.words = words;
    }

    static Kin of(Contents network, long channels, boolean guided) {
      if (network.hasAny(name -> name.startsWith("distilled_guidance_layer."))) {
        return CHROMA;
      }
      return switch ((int) channels) {
        case 64 -> guided ? KONTEXT : SCHNELL;
        case 128 -> CONTROL;
        case 384 -> FILL;
        default -> OTHER;
      };
    }
  }
}
