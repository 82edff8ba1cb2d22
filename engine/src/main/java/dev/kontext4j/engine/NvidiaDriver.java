package dev.kontext4j.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Whether it is worth while to ask for cards. That is told by two or three looks at files, for
/// most machines have none, and asking takes longer than all the rest of a start.
public final class NvidiaDriver {
  private static final Path ROOT = Path.of("/");

  private NvidiaDriver() {}

  /// On Linux: the kernel has the driver, or Windows has it below (WSL), and nobody hides the
  /// cards. Elsewhere nothing is known.
  public static boolean seemsThere() {
    return seemsThere(ROOT, System.getenv());
  }

  static boolean seemsThere(Path root, Map<String, String> variables) {
    String visible = variables.getOrDefault("CUDA_VISIBLE_DEVICES", "0").strip();
    boolean hidden = visible.isEmpty() || visible.startsWith("-");
    return !hidden && (isInKernel(root) || isBelow(root));
  }

  private static boolean isInKernel(Path root) {
    return Files.exists(root.resolve("proc/driver/nvidia/version"));
  }

  private static boolean isBelow(Path root) {
    return Files.exists(root.resolve("dev/dxg"))
        && Files.exists(root.resolve("usr/lib/wsl/lib/libcuda.so.1"));
  }
}
