/// Schedule, noise, tokens and the edit itself.
@NullMarked
package dev.kontext4j.sampler;

import org.jspecify.annotations.NullMarked;
