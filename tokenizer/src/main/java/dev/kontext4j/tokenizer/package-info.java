/// Text to token ids as CLIP and T5 want them. Knows no tensor.
@NullMarked
package dev.kontext4j.tokenizer;

import org.jspecify.annotations.NullMarked;
