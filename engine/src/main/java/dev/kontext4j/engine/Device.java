package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.CudaRuntime;
import dev.kontext4j.engine.internal.torch.TorchLibrary;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a tensor lives: the CPU, or the CUDA card with an index.
public record Device(Kind kind, int index) {
  /// The kinds of device, with libtorch's numbers.
  public enum Kind {
    CPU(0),
    CUDA(1);

    private final int torchCode;

    Kind(int torchCode) {
      this.torchCode = torchCode;
    }
  }

  public static final Device CPU = new Device(Kind.CPU, 0);

  private static final Pattern CUDA_NAME = Pattern.compile("cuda(?::([0-9]{1,3}))?");

  public static Device cuda(int index) {
    return new Device(Kind.CUDA, index);
  }

  /// Reads `cpu`, `cuda` or `cuda:N`.
  public static Optional<Device> parse(String text) {
    if (text.equals("cpu")) {
      return Optional.of(CPU);
    }
    var cuda = CUDA_NAME.matcher(text);
    if (!cuda.matches()) {
      return Optional.empty();
    }
    String index = cuda.group(1);
    return Optional.of(cuda(index == null ? 0 : Integer.parseInt(index)));
  }

  /// The number of this kind of device in libtorch's `DeviceType`.
  public int torchType() {
    return kind.torchCode;
  }

  public boolean isCpu() {
    return kind == Kind.CPU;
  }

  /// Whether products of such numbers are taken in f32 here, because that is the faster way: bf16
  /// on a CPU that is slow at it.
  public boolean multipliesInF32(DType dtype) {
    return isCpu() && dtype == DType.BF16 && !CpuFeatures.fastBf16Products();
  }

  /// Loads libtorch, and fails, naming the cure, unless this device can be used with it.
  public void requireUsable() {
    TorchLibrary.loaded();
    if (!isCpu()) {
      CudaRuntime.loaded().requireDevice(index);
    }
  }

  @Override
  public String toString() {
    return isCpu() ? "cpu" : "cuda:" + index;
  }
}
