/// Which weights stay where, worked out before anything is loaded. [Planner], [MemoryForecast].
@NullMarked
package dev.kontext4j.sampler.plan;

import org.jspecify.annotations.NullMarked;
