/// The variational autoencoder (diffusers' AutoencoderKL): pictures to latents and back.
///
/// The way in is [AutoEncoder][dev.kontext4j.vae.AutoEncoder]. Shape letters: `B` batch, `C`
/// channels, `H` and `W` height and width. Activations are the biggest tensors of an edit, so every
/// step frees what it no longer needs. Results belong to the innermost open scope.
@NullMarked
package dev.kontext4j.vae;

import org.jspecify.annotations.NullMarked;
