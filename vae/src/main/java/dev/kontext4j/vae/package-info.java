/// AutoencoderKL: pictures to latents and back.
@NullMarked
package dev.kontext4j.vae;

import org.jspecify.annotations.NullMarked;
