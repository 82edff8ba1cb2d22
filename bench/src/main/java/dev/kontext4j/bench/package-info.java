/// JMH benchmarks of the engine (`tools/bench/jmh`) and many edits in one process
/// (`tools/toybox/edit-list`). Not shipped.
///
/// Figures are written down in docs/measurements.md; nothing here passes or fails.
@NullMarked
package dev.kontext4j.bench;

import org.jspecify.annotations.NullMarked;
