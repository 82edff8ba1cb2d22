/// Weight files: the safetensors format read and written, and the files of one checkpoint seen as
/// one map from names to bytes. Knows neither tensors nor models.
///
/// The way in is [dev.kontext4j.engine.weights.Checkpoint] for a model and
/// [dev.kontext4j.engine.weights.SafetensorsFile] for one file.
///
/// **Memory.** Tensor data is never copied: it is a read-only slice of a memory map. A map lives as
/// long as the file that opened it or one [dev.kontext4j.engine.weights.Lease] on it; whoever
/// closes the last of them unmaps it. Whoever hands the address of such a slice to native code must
/// hold a lease until that code is done. Opening a file takes at most 64 MiB of heap, whatever the
/// file says, and reads nothing but the header. A file that another program cuts short while it is
/// mapped cannot be guarded against here.
@NullMarked
package dev.kontext4j.engine.weights;

import org.jspecify.annotations.NullMarked;
