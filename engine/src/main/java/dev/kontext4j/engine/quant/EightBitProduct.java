package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.internal.torch.CudaRuntime;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// `x @ weight.T + bias` in numbers of 8 bits: each row of `x` is turned into such numbers when it
/// is used, the sums of products are multiplied by both rows' scales, in f32, and rounded once.
///
/// On cards not yet run.
public final class EightBitProduct {
  /// How many numbers are dealt with at once, for on the way each takes a dozen bytes more; on the
  /// CPU by measurement (docs/measurements.md).
  private static final long PART = 1 << 22;

  private static final long PART_ON_A_CARD = 1 << 24;

  /// Fewer are refused by cuBLAS where whole numbers are multiplied.
  private static final int LEAST_ROWS = 17;

  /// From here on (RTX 50) libtorch 2.10 fails where it is to apply scales itself.
  private static final int UNFUSED = 12;

  private static final Map<Device, Boolean> FUSED = new ConcurrentHashMap<>();

  private EightBitProduct() {}

  /// (n, k) of any floating-point type, and (m, k), to (n, m) in the type of `x`.
  ///
  /// @param bias of that type: (m)
  public static Tensor of(Tensor x, EightBitRows weight, @Nullable Tensor bias) {
    long rows = x.size(0);
    long out = weight.numbers().size(0);
    long part = part(x.device()) / Math.max(x.size(1), out);
    if (rows <= part) {
      return Scope.tidy(() -> whole(x, weight, bias).to(x.dtype()));
    }
    return Tensor.inParts(
        new long[] {rows, out},
        x.dtype(),
        x.device(),
        Math.max(1, part),
        (start, count) -> whole(x.narrow(0, start, count), weight, bias));
  }

  /// What a large product takes beside what goes in and what comes out: sums, scaled, with a bias.
  public static long bytes(Device device) {
    return 3L * DType.F32.bytes() * part(device);
  }

  private static long part(Device device) {
    return device.isCpu() ? PART : PART_ON_A_CARD;
  }

  private static Tensor whole(Tensor x, EightBitRows weight, @Nullable Tensor bias) {
    return Scope.tidy(() -> {
      var rows = EightBitRows.of(x, weight.numbers().dtype());
      if (isFused(x, weight)) {
        return rows.numbers()
            .matmulFloat8(
                weight.numbers(), rows.scales(), weight.scales().reshape(1, -1), bias, DType.BF16);
      }
      var scaled =
          sums(rows.numbers(), weight).mul(rows.scales()).mul(weight.scales().reshape(1, -1));
      return bias == null ? scaled : scaled.add(bias);
    });
  }

  /// Whether libtorch applies scales and bias in the kernel that multiplies. It does so on cards
  /// only, for results in bf16. (Before 2.12 it does it on the default stream whatever the current
  /// one is, on cards of 8.9: here both are the same, always.)
  private static boolean isFused(Tensor x, EightBitRows weight) {
    return weight.numbers().dtype() == DType.F8_E4M3
        && x.dtype() == DType.BF16
        && !x.device().isCpu()
        && FUSED.computeIfAbsent(x.device(), EightBitProduct::fuses);
  }

  private static boolean fuses(Device card) {
    return CudaRuntime.loaded().capability(card.index()).major() < UNFUSED;
  }

  /// Of the products of numbers, without scales: I32 or F32.
  private static Tensor sums(Tensor numbers, EightBitRows weight) {
    if (numbers.dtype() == DType.F8_E4M3) {
      var one = weight.scales().narrow(0, 0, 1).onesLike();
      return numbers.matmulFloat8(weight.numbers(), one, one, null, DType.F32);
    }
    long rows = numbers.size(0);
    int copies = Math.toIntExact((LEAST_ROWS + rows - 1) / rows);
    return copies == 1
        ? numbers.matmulInt8(weight.numbers())
        : Tensor.cat(Collections.nCopies(copies, numbers), 0)
            .matmulInt8(weight.numbers())
            .narrow(0, 0, rows);
  }
}
