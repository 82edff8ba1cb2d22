/// The GGUF format, read and written. Knows neither tensors nor models.
///
/// Opening a file takes at most 64 MiB of heap, whatever the file says, and reads nothing but the
/// header.
@NullMarked
package dev.kontext4j.engine.gguf;

import org.jspecify.annotations.NullMarked;
