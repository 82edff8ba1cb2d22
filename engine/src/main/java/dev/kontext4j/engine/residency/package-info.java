/// Where the weights of a network are while it computes: which of them stay, and how the others
/// come and go.
///
/// A network says which of its parameters belong together
/// ([Group][dev.kontext4j.engine.residency.Group]), a plan says which groups stay
/// ([Residency][dev.kontext4j.engine.residency.Residency]), and the others pass through a
/// [Ring][dev.kontext4j.engine.residency.Ring]: memory of a fixed size, filled ahead of the
/// computation. Layers know nothing of it.
@NullMarked
package dev.kontext4j.engine.residency;

import org.jspecify.annotations.NullMarked;
