package dev.kontext4j.bench;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much more memory a piece of work takes while it runs than before it. By Linux's own count of
/// this process, whose peak can be set back; an allocator that keeps what it has freed would hide
/// some of it, so glibc's is told to keep nothing (`tools/bench/memory`).
final class MemoryPeak {
  private static final Path SET_BACK = Path.of("/proc/self/clear_refs");
  private static final String PEAK = "5"; // what clear_refs takes to set the peak back

  private MemoryPeak() {}

  static long of(Runnable work) throws IOException {
    System.gc();
    Files.writeString(SET_BACK, PEAK);
    long before = MemoryInUse.on(Device.CPU).orElseThrow();
    work.run();
    return MemoryInUse.peakOfProcess().orElseThrow() - before;
  }
}
