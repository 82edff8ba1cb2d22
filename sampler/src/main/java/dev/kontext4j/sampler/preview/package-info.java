/// Latents as small pictures, without the VAE's decoder. [LatentColours].
@NullMarked
package dev.kontext4j.sampler.preview;

import org.jspecify.annotations.NullMarked;
