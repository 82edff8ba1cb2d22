/// Tensors on libtorch, scopes, devices and weight files. Knows no model.
@NullMarked
package dev.kontext4j.engine;

import org.jspecify.annotations.NullMarked;
