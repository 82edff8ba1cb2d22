package dev.kontext4j.engine.internal.torch;

/// Why no card can be used at all.
final class CudaRefusal {
  private static final int DRIVER_TOO_OLD = 35; // or none
  private static final int NO_DEVICE = 100;

  private CudaRefusal() {}

  /// @param status CUDA's error
  /// @param driver the newest CUDA that the driver knows, such as 12080; 0: there is no driver
  /// @param runtime the CUDA that libtorch was built with
  static String words(int status, int driver, int runtime) {
    String why =
        switch (status) {
          case DRIVER_TOO_OLD -> driver(driver, runtime);
          case NO_DEVICE -> "the driver sees none; see nvidia-smi";
          default -> "the driver refuses (CUDA error %d); see nvidia-smi".formatted(status);
        };
    return "No usable CUDA GPU: " + why + ", or use --device cpu";
  }

  private static String driver(int driver, int runtime) {
    String needed = version(runtime);
    return driver == 0
        ? "there is no NVIDIA driver; install one for CUDA " + needed
        : "the NVIDIA driver knows CUDA up to %s, and this libtorch needs %s; renew the driver, name an older libtorch with --libtorch DIR"
            .formatted(version(driver), needed);
  }

  private static String version(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }
}
