/// JMH benchmarks; not shipped.
@NullMarked
package dev.kontext4j.bench;

import org.jspecify.annotations.NullMarked;
