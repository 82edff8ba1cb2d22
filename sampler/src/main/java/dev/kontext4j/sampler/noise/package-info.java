/// PyTorch's random normal numbers on a CPU, so that a seed gives the noise it gives in diffusers
/// and ComfyUI.
///
/// The way in is {@link dev.kontext4j.sampler.noise.TorchGenerator}. Numbers come back as plain
/// `float[]`.
@NullMarked
package dev.kontext4j.sampler.noise;

import org.jspecify.annotations.NullMarked;
