/// The networks that are transformers: flux, clip and t5.
@NullMarked
package dev.kontext4j.transformer;

import org.jspecify.annotations.NullMarked;
