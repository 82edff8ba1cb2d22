/// How weights are packed into fewer bits, and taken apart again by libtorch's operations. Knows
/// neither files nor models.
@NullMarked
package dev.kontext4j.engine.quant;

import org.jspecify.annotations.NullMarked;
