/// The layers that every network is built from, one record each: its parameters and `forward`.
///
/// A layer owns no tensor. What `forward` returns belongs to the innermost open scope.
@NullMarked
package dev.kontext4j.engine.nn;

import org.jspecify.annotations.NullMarked;
