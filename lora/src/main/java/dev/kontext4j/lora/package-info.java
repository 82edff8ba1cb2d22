/// Adapter files to merged weights.
@NullMarked
package dev.kontext4j.lora;

import org.jspecify.annotations.NullMarked;
