package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.CudaRuntime;
import java.util.List;

/// A CUDA card as the driver describes it now.
///
/// @param free and total: bytes of its memory
public record CudaCard(
    int index, String name, ComputeCapability capability, long free, long total) {

  /// All cards (loads libtorch).
  ///
  /// @throws DeviceException with the cure if libtorch or the driver can use none
  public static List<CudaCard> all() {
    return CudaRuntime.loaded().cards();
  }
}
