/// Weights rewritten in another layout or precision: one tensor in memory at a time, the new file
/// whole or not there. The way in is [Conversion][dev.kontext4j.transformer.convert.Conversion].
@NullMarked
package dev.kontext4j.transformer.convert;

import org.jspecify.annotations.NullMarked;
