/// JMH benchmarks of the engine: `tools/bench/jmh`. Not shipped.
///
/// Figures are written down in docs/measurements.md; nothing here passes or fails.
@NullMarked
package dev.kontext4j.bench;

import org.jspecify.annotations.NullMarked;
