/// What is computed less often than at every step, and when. [Fast].
@NullMarked
package dev.kontext4j.sampler.fast;

import org.jspecify.annotations.NullMarked;
