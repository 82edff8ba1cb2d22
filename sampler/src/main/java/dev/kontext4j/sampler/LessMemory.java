package dev.kontext4j.sampler;

import java.util.Optional;

/// What to do when a device has less memory than a plan needs, because another program took it.
@FunctionalInterface
public interface LessMemory {
  /// Nothing.
  LessMemory NONE = _ -> Optional.empty();

  /// The next smaller plan, if there is one. Its pictures are the same.
  Optional<MemoryPlan> after(MemoryPlan failed);
}
