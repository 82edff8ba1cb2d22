package dev.kontext4j.cli.bench;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryInUse;
import dev.kontext4j.sampler.Progress;
import java.util.OptionalLong;

/// The most memory that was seen in use on a device whenever a run said something.
final class PeakMemory implements Progress {
  private final Device device;
  private OptionalLong most = OptionalLong.empty();

  PeakMemory(Device device) {
    this.device = device;
  }

  @Override
  public void at(Event event) {
    MemoryInUse.on(device)
        .ifPresent(bytes -> most = OptionalLong.of(Math.max(bytes, most.orElse(0))));
  }

  /// In bytes; on the CPU that of the process, which the kernel keeps.
  OptionalLong bytes() {
    return device.isCpu() ? MemoryInUse.peakOfProcess() : most;
  }
}
