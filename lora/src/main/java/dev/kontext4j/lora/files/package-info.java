/// Adapter files made anew: in another form, several in one, or out of the difference of two
/// models; and models with adapters baked in.
@NullMarked
package dev.kontext4j.lora.files;

import org.jspecify.annotations.NullMarked;
