/// Private CUDA builds of libtorch: made with pip of pinned wheels, listed, verified, removed.
/// [RuntimeInstallation], [Runtimes].
@NullMarked
package dev.kontext4j.hub.runtime;

import org.jspecify.annotations.NullMarked;
