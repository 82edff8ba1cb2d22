package dev.kontext4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What this machine's processor can do. Known on Linux only; elsewhere the answer is no, which
/// costs speed and never correctness.
final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private CpuFeatures() {}

  /// Whether it multiplies bf16 numbers itself; where it does not, bf16 is slower than f32.
  static boolean computesBf16() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Arrays.asList(line.split("\\s+")))
          .orElse(List.of())
          .stream()
          .anyMatch(flag -> flag.equals("avx512_bf16") || flag.equals("amx_bf16"));
    } catch (IOException _) {
      return false;
    }
  }
}
