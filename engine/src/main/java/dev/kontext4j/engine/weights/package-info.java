/// The one door to a model's weights: a path cursor over a checkpoint that knows names, shapes,
/// element type and device, so that no layer has to.
///
/// A layer keeps a [Parameter][dev.kontext4j.engine.weights.Parameter] and asks it for its tensor
/// at every use. Who holds the tensor's memory is the parameter's business: it is made at its first
/// use and stays in the model's store until that is closed, or comes and goes with its group, as a
/// plan has it ([Residency][dev.kontext4j.engine.residency.Residency]).
@NullMarked
package dev.kontext4j.engine.weights;

import org.jspecify.annotations.NullMarked;
