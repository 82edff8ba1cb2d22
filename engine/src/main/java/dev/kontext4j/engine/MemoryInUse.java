package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.CudaRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How much memory is in use: on the CPU by this process (known on Linux only), on a card by all.
public final class MemoryInUse {
  private static final Path STATUS = Path.of("/proc/self/status");

  private MemoryInUse() {}

  /// In bytes.
  public static OptionalLong on(Device device) {
    if (!device.isCpu()) {
      return onCard(device.index());
    }
    return ofProcess("VmRSS:");
  }

  /// The most that this process has ever had in the computer's own memory, in bytes.
  public static OptionalLong peakOfProcess() {
    return ofProcess("VmHWM:");
  }

  private static OptionalLong ofProcess(String name) {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  /// A card that does not answer is for others to complain of; this is only to be shown.
  private static OptionalLong onCard(int index) {
    try {
      return OptionalLong.of(CudaRuntime.loaded().memoryInUse(index));
    } catch (EngineException _) {
      return OptionalLong.empty();
    }
  }
}
