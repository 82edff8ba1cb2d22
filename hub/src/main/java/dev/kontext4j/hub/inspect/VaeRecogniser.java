package dev.kontext4j.hub.inspect;

import java.util.Optional;

/// Autoencoders, told apart by the channels of their latents.
final class VaeRecogniser implements Recogniser {
  private static final long FLUX = 16;

  @Override
  public Optional<Part> in(Contents contents) {
    return Recogniser.prefix(contents, "decoder.conv_in.weight")
        .map(prefix -> part(contents.below(prefix), prefix));
  }

  private static Part part(Contents network, String prefix) {
    long latent = network.side("decoder.conv_in.weight", 1).orElse(0L);
    boolean diffusers = network.hasAny(name -> name.startsWith("decoder.up_blocks."));
    boolean quantConv = network.has("quant_conv.weight");
    boolean usable = latent == FLUX && !quantConv;
    var fit = new Part.Fit(Optional.of(latent), Optional.empty(), Optional.empty());
    return new Part(
        Part.Kind.VAE,
        prefix,
        diffusers ? "diffusers' names" : "the original release's names",
        words(latent, quantConv),
        usable,
        Optional.of(fit));
  }

  private static String words(long latent, boolean quantConv) {
    if (latent == 4) {
      return "this is Stable Diffusion's VAE (1, 2 or XL; 4 latent channels), not FLUX.1's, which"
          + " has 16";
    }
    if (latent == FLUX && !quantConv) {
      return "16 latent channels, as FLUX.1's VAE has them (Stable Diffusion 3's has the same"
          + " shapes)";
    }
    return "a VAE with %d latent channels%s; FLUX.1's has 16 and no such convolution"
        .formatted(latent, quantConv ? " and a convolution behind its encoder" : "");
  }
}
