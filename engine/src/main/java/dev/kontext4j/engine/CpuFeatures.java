package dev.kontext4j.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What this machine's processor does with bf16 numbers. Known on Linux only; elsewhere the answer
/// is no, which costs speed and never correctness.
public final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Set<String> FLAGS = flags();

  private CpuFeatures() {}

  /// Whether it multiplies them at all.
  public static boolean bf16() {
    return FLAGS.contains("avx512_bf16") || bf16Matrices();
  }

  /// Whether it has units for whole matrices of them, which are several times faster than f32.
  /// Without, a bf16 product is slower than one in f32 (docs/measurements.md).
  public static boolean bf16Matrices() {
    return FLAGS.contains("amx_bf16");
  }

  private static Set<String> flags() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Arrays.stream(line.split("\\s+", -1)).collect(Collectors.toSet()))
          .orElse(Set.of());
    } catch (IOException _) {
      return Set.of();
    }
  }
}
