/// The door to libtorch: finding and loading it, its C functions as static methods, and the one
/// dispatcher through which every operator is called.
///
/// This package and the weight files' memory map are the only places that see `java.lang.foreign`.
/// Tensors are plain `long` handles here; whoever receives one owns it and must hand it to
/// [Torch#deleteTensor] exactly once.
@NullMarked
package dev.kontext4j.engine.internal.torch;

import org.jspecify.annotations.NullMarked;
