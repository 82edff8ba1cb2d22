package dev.kontext4j.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What this machine's processor does with bf16 numbers. Known on Linux only; elsewhere the answer
/// is no, which costs speed and never correctness.
public final class CpuFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /// Lines of x86-64, and of ARM.
  private static final List<String> KIND =
      List.of("vendor_id", "cpu family", "model", "stepping", "flags", "Features", "CPU ");

  private static final Set<String> FLAGS = words("flags");
  private static final boolean AMD = words("vendor_id").contains("AuthenticAMD");

  private CpuFeatures() {}

  /// Whether it multiplies them at all.
  public static boolean bf16() {
    return FLAGS.contains("avx512_bf16") || FLAGS.contains("amx_bf16");
  }

  /// Whether its products of them are faster than those of f32: with units for whole matrices, and
  /// on AMD's processors, which have the same instructions as Intel's and run them twice as fast
  /// (docs/measurements.md). It is not measured at the start, because a picture's last bits hang on
  /// it: they are to be the same in every run.
  public static boolean fastBf16Products() {
    return FLAGS.contains("amx_bf16") || (AMD && FLAGS.contains("avx512_bf16"));
  }

  /// Which processor it is, by all that libraries choose their code by; empty where that is not
  /// known.
  static String processor() {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .takeWhile(line -> !line.isBlank()) // the first core
          .filter(line -> KIND.stream().anyMatch(line::startsWith))
          .collect(Collectors.joining("; "));
    } catch (IOException _) {
      return "";
    }
  }

  private static Set<String> words(String field) {
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(field))
          .findFirst()
          .map(line -> Arrays.stream(line.split("\\s+", -1)).collect(Collectors.toSet()))
          .orElse(Set.of());
    } catch (IOException _) {
      return Set.of();
    }
  }
}
