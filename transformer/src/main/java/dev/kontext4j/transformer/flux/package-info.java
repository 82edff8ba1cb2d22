/// The FLUX transformer: from noise, reference and prompt tokens to the velocity of the noise.
///
/// Names follow the paper's diagram and its reference code: `img` and `txt` streams, `vec` for the
/// conditioning vector, `mod` for what modulates a block. Shape letters: `B` batch, `Lt` text
/// tokens, `Li` image tokens (noise, then references), `L = Lt + Li`, `D` width, `H` heads, `E = D
/// / H`, `S` steps. Everything that does not change from step to step is made before the loop and
/// handed in. Results belong to the innermost open scope.
@NullMarked
package dev.kontext4j.transformer.flux;

import org.jspecify.annotations.NullMarked;
