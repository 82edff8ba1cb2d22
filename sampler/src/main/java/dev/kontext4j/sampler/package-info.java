/// The edit itself: [KontextPipeline] takes a request through text, references, noise, the steps
/// and back to pictures, in this order.
///
/// Every method that makes tensors leaves its result in the innermost open scope; the pipeline
/// closes its own before it returns pictures, which are plain arrays. Weights belong to the parts
/// that [ModelFolder] opens: the text encoders leave when the prompts are encoded, the others with
/// the pipeline.
@NullMarked
package dev.kontext4j.sampler;

import org.jspecify.annotations.NullMarked;
