/// The files of one model seen as one map from names to tensors, whatever their number and format.
/// The way in is [dev.kontext4j.engine.checkpoint.Checkpoint].
@NullMarked
package dev.kontext4j.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
