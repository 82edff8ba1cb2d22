package dev.kontext4j.engine;

import dev.kontext4j.engine.file.FileStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What the last bits of a result hang on, beside our own code and the numbers that go in: the
/// libraries that compute, the processor or card that they choose their kernels for, and into how
/// many parts they share sums out.
public final class Arithmetic {
  /// Variables that libraries read begin with these. Most change no bit; to tell which would be to
  /// know every version of every library.
  private static final List<String> READ_BY_LIBRARIES =
      List.of(
          "ATEN",
          "CUBLAS",
          "CUDNN",
          "DNNL",
          "GOMP",
          "KMP",
          "LD_",
          "MKL",
          "NVIDIA",
          "OMP",
          "ONEDNN",
          "OPENBLAS",
          "PROCESSOR_IDENTIFIER",
          "PYTORCH",
          "TORCH");

  private Arithmetic() {}

  /// In lines that are the same only where every bit is (loads libtorch).
  public static List<String> on(Device device) {
    var lines = new ArrayList<String>();
    lines.add("libtorch " + Libtorch.version() + " " + library());
    lines.add("threads " + Libtorch.threads());
    lines.add("system " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    lines.add("processor " + CpuFeatures.processor());
    new TreeMap<>(System.getenv())
        .forEach((name, value) -> {
          if (READ_BY_LIBRARIES.stream().anyMatch(name::startsWith)) {
            lines.add(name + "=" + value);
          }
        });
    lines.add("device " + (device.isCpu() ? "cpu" : card(device.index())));
    return lines;
  }

  /// Two builds of one version are two libraries.
  private static FileStamp library() {
    try {
      return FileStamp.of(Libtorch.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String card(int index) {
    return CudaCard.all().stream()
        .filter(card -> card.index() == index)
        .map(card -> card.name() + ", " + card.capability())
        .findFirst()
        .orElseThrow();
  }
}
