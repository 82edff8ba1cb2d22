package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.Aten;
import dev.kontext4j.engine.internal.torch.NativeMemory;
import dev.kontext4j.engine.internal.torch.Torch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// An immutable n-dimensional array on a device.
///
/// Every result belongs to the innermost open [Scope], whoever owns the operands. The operations
/// are those the networks need, under libtorch's names and with its rules for broadcasting and
/// element types; a dimension may be negative, counting from the end.
public final class Tensor {
  /// How many bytes of a tensor are written at once.
  private static final int PIECE = 1 << 26;

  private final long handle;
  private final @Nullable MemoryLease lease;
  private @Nullable Scope owner;
  private long @Nullable [] shape;
  private boolean freed;

  private Tensor(long handle, @Nullable MemoryLease lease) {
    this.handle = handle;
    this.lease = lease;
    Scope.own(this);
  }

  // ---- making ----

  public static Tensor of(float[] values, long... shape) {
    return filled(DType.F32, shape, values.length, at -> NativeMemory.write(at, values));
  }

  public static Tensor of(long[] values, long... shape) {
    return filled(DType.I64, shape, values.length, at -> NativeMemory.write(at, values));
  }

  /// Elements of any type, given as their bytes in memory order.
  public static Tensor ofBytes(DType dtype, byte[] bytes, long... shape) {
    int count = bytes.length / dtype.bytes();
    return filled(dtype, shape, count, at -> NativeMemory.write(at, bytes));
  }

  /// A row-major tensor over memory that the lease keeps valid; nothing is copied. This tensor and
  /// every one that may share its elements hold shares of the lease.
  public static Tensor borrowing(
      long address, DType dtype, long[] shape, Device device, MemoryLease lease) {
    var handle =
        Torch.borrow(address, shape, dtype.torchCode(), device.torchType(), device.index());
    return new Tensor(handle, lease.share());
  }

  /// A CPU tensor whose bytes somebody writes, piece by piece, in the order of memory.
  public static Tensor written(DType dtype, long[] shape, Writing writing) {
    var tensor = empty(shape, dtype, Device.CPU);
    long bytes = Math.multiplyExact(elements(shape), dtype.bytes());
    for (long at = 0; at < bytes; at += PIECE) {
      int length = (int) Math.min(PIECE, bytes - at);
      writing.write(at, NativeMemory.buffer(Torch.dataPointer(tensor.handle) + at, length));
    }
    return tensor;
  }

  /// Writes the bytes of a tensor from `offset` on, as many as the piece takes.
  @FunctionalInterface
  public interface Writing {
    void write(long offset, ByteBuffer piece);
  }

  /// A tensor whose elements are whatever the memory held before.
  public static Tensor empty(long[] shape, DType dtype, Device device) {
    return new Tensor(
        Torch.empty(shape, dtype.torchCode(), device.torchType(), device.index()), null);
  }

  /// A CPU tensor with a copy of the row-major elements at an address.
  public static Tensor copying(long address, DType dtype, long[] shape) {
    var tensor = empty(shape, dtype, Device.CPU);
    long bytes = Math.multiplyExact(elements(shape), dtype.bytes());
    NativeMemory.copy(address, Torch.dataPointer(tensor.handle), bytes);
    return tensor;
  }

  /// A tensor that is made part by part along its first dimension, so that what is needed on the
  /// way is needed for one part only. Parts are rounded to the element type as they are put in.
  public static Tensor inParts(
      long[] shape, DType dtype, Device device, long partLength, Part part) {
    var whole = empty(shape, dtype, device);
    for (long start = 0; start < shape[0]; start += partLength) {
      long length = Math.min(partLength, shape[0] - start);
      try (var _ = Scope.open()) {
        var target = whole.narrow(0, start, length);
        Aten.copyInto(target.handle(), part.make(start, length).handle());
      }
    }
    return whole;
  }

  /// Makes `length` entries of a tensor's first dimension, from `start` on.
  @FunctionalInterface
  public interface Part {
    Tensor make(long start, long length);
  }

  private static Tensor filled(DType dtype, long[] shape, int count, LongConsumer fill) {
    if (elements(shape) != count) {
      throw new ShapeException(count + " values do not fill the shape " + Arrays.toString(shape));
    }
    var tensor = empty(shape, dtype, Device.CPU);
    fill.accept(Torch.dataPointer(tensor.handle));
    return tensor;
  }

  private static long elements(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  // ---- asking ----

  public long[] shape() {
    return sizes().clone();
  }

  public int rank() {
    return sizes().length;
  }

  /// The length of one dimension.
  public long size(int dim) {
    long[] sizes = sizes();
    return sizes[dim < 0 ? dim + sizes.length : dim];
  }

  public DType dtype() {
    return DType.ofTorchCode(Torch.elementType(handle()));
  }

  public Device device() {
    return Torch.deviceType(handle()) == 0 ? Device.CPU : Device.cuda(Torch.deviceIndex(handle()));
  }

  /// Where the elements begin, so that tests can see whether two tensors share them.
  public long dataAddress() {
    return Torch.dataPointer(handle());
  }

  /// All elements as floats in row-major order, from whatever type and device.
  public float[] toFloats() {
    try (var _ = Scope.open()) {
      var flat = to(DType.F32).to(Device.CPU).contiguous();
      int count = Math.toIntExact(elements(sizes()));
      return NativeMemory.floats(Torch.dataPointer(flat.handle()), count);
    }
  }

  /// All elements as they lie in memory, in row-major order.
  public byte[] toBytes() {
    try (var _ = Scope.open()) {
      var flat = to(Device.CPU).contiguous();
      int count = Math.toIntExact(elements(sizes()) * dtype().bytes());
      return NativeMemory.bytes(Torch.dataPointer(flat.handle()), count);
    }
  }

  @Override
  public String toString() {
    return freed
        ? "tensor (freed)"
        : "tensor " + dtype() + Arrays.toString(sizes()) + " " + device();
  }

  // ---- arithmetic ----

  public Tensor add(Tensor other) {
    return made(Aten.add(handle(), other.handle()));
  }

  public Tensor sub(Tensor other) {
    return made(Aten.subtract(handle(), other.handle()));
  }

  public Tensor mul(Tensor other) {
    return made(Aten.multiply(handle(), other.handle()));
  }

  public Tensor add(double number) {
    return made(Aten.addNumber(handle(), number));
  }

  public Tensor mul(double number) {
    return made(Aten.multiplyNumber(handle(), number));
  }

  public Tensor div(double number) {
    return made(Aten.divideNumber(handle(), number));
  }

  public Tensor matmul(Tensor other) {
    return made(Aten.matmul(handle(), other.handle()));
  }

  /// `factor * this @ other` of as many matrices, (n, l, k) and (n, k, m), on the CPU. Unlike
  /// [#matmul] and [#mul] behind each other it rounds once.
  public Tensor matmul(Tensor other, double factor) {
    var result = empty(new long[] {size(0), size(1), other.size(2)}, dtype(), device());
    Aten.products(result.handle(), handle(), other.handle(), factor);
    return result;
  }

  /// Of a matrix (m, n): orthonormal columns (m, k) and a triangle (k, n) whose product it is.
  public List<Tensor> qr() {
    return several(Aten.qr(handle()));
  }

  /// Of a matrix (m, n): left vectors (m, k), singular values (k) from the largest on, right
  /// vectors (k, n).
  public List<Tensor> svd() {
    return several(Aten.svd(handle()));
  }

  private static List<Tensor> several(long[] handles) {
    return Arrays.stream(handles).mapToObj(Tensor::made).toList();
  }

  /// `x @ weight.T + bias`, weight (out, in).
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    long multiplications = Math.multiplyExact(elements(sizes()), weight.size(0));
    return made(Aten.linear(handle(), weight.handle(), handleOrNone(bias), multiplications));
  }

  /// `this @ rows.T` of whole numbers, (n, k) and (m, k), both I8, to (n, m), I32: exact. cuBLAS
  /// wants n above 16, and k and m to be multiples of 8.
  public Tensor matmulInt8(Tensor rows) {
    return Scope.tidy(() -> made(Aten.intMatmul(handle(), rows.transpose(0, 1).handle())));
  }

  /// `this @ rows.T` of 8-bit floating-point numbers, (n, k) and (m, k), both F8_E4M3, to (n, m),
  /// summed in f32. cuBLAS wants k and m to be multiples of 16.
  ///
  /// @param scales of this, and `others` of the rows: one number for all, or (n, 1) and (1, m),
  ///   which cards take for results in bf16
  /// @param bias of the result's type
  public Tensor matmulFloat8(
      Tensor rows, Tensor scales, Tensor others, @Nullable Tensor bias, DType result) {
    return Scope.tidy(() ->
        made(
            Aten.scaledMatmul(
                handle(),
                rows.transpose(0, 1).handle(),
                scales.handle(),
                others.handle(),
                handleOrNone(bias),
                result.torchCode())));
  }

  /// Rows of this table (rows, width) at the given indices.
  public Tensor rows(Tensor indices) {
    return made(Aten.embedding(handle(), indices.handle()));
  }

  public Tensor mean(int dim) {
    return made(Aten.mean(handle(), dim));
  }

  /// The largest elements along a dimension, which stays with the size 1.
  public Tensor largest(int dim) {
    return made(Aten.largest(handle(), dim));
  }

  /// Elements below a number become that number.
  public Tensor atLeast(double number) {
    return made(Aten.atLeast(handle(), number));
  }

  /// Ones, in this shape.
  public Tensor onesLike() {
    return made(Aten.onesLike(handle()));
  }

  public Tensor abs() {
    return made(Aten.abs(handle()));
  }

  /// To whole numbers, halves to the even one.
  public Tensor round() {
    return made(Aten.round(handle()));
  }

  public Tensor reciprocal() {
    return made(Aten.reciprocal(handle()));
  }

  public Tensor rsqrt() {
    return made(Aten.rsqrt(handle()));
  }

  public Tensor sin() {
    return made(Aten.sin(handle()));
  }

  public Tensor cos() {
    return made(Aten.cos(handle()));
  }

  /// Turns neighbouring pairs of the last dimension, computed in f32.
  ///
  /// @param table cosine and sine for each pair, broadcast to this tensor: (..., pairs, 2), f32
  public Tensor rotatePairs(Tensor table) {
    return Scope.tidy(() -> {
      var pairs = to(DType.F32).reshape(pairShape());
      return pairs.asComplex().mul(table.asComplex()).asReal().reshape(sizes()).to(dtype());
    });
  }

  private long[] pairShape() {
    long[] pairs = Arrays.copyOf(sizes(), rank() + 1);
    pairs[rank() - 1] /= 2;
    pairs[rank()] = 2;
    return pairs;
  }

  private Tensor asComplex() {
    return sharing(Aten.viewAsComplex(handle()));
  }

  private Tensor asReal() {
    return sharing(Aten.viewAsReal(handle()));
  }

  public Tensor softmax(int dim) {
    return made(Aten.softmax(handle(), dim));
  }

  public Tensor relu() {
    return made(Aten.relu(handle()));
  }

  public Tensor sigmoid() {
    return made(Aten.sigmoid(handle()));
  }

  public Tensor silu() {
    return made(Aten.silu(handle()));
  }

  /// GELU by the error function.
  public Tensor gelu() {
    return made(Aten.gelu(handle(), "none"));
  }

  /// GELU by its usual tanh approximation.
  public Tensor geluTanh() {
    return made(Aten.gelu(handle(), "tanh"));
  }

  /// libtorch's fused attention; this is the query (B, H, Lq, E).
  public Tensor attend(Tensor key, Tensor value, @Nullable Tensor bias, double scale) {
    return made(Aten.attention(handle(), key.handle(), value.handle(), handleOrNone(bias), scale));
  }

  // ---- bits of whole numbers ----

  /// `count` bits of each element, from bit `lowest` on, as a number.
  public Tensor bits(int lowest, int count) {
    return Scope.tidy(() -> {
      var number = Tensor.of(new long[] {lowest});
      var mask = Tensor.of(new long[] {(1L << count) - 1});
      var shifted = made(Aten.shiftRight(handle(), number.handle()));
      return made(Aten.bitwiseAnd(shifted.handle(), mask.handle()));
    });
  }

  /// The same bytes as elements of another type; the last dimension grows or shrinks with them.
  public Tensor bytesAs(DType dtype) {
    return sharing(Aten.viewAs(handle(), dtype.torchCode()));
  }

  /// This row of values at the places that whole numbers name, in the shape of those.
  public Tensor at(Tensor places) {
    return Scope.tidy(() -> made(Aten.take(handle(), places.to(DType.I64).handle())));
  }

  // ---- norms ----

  /// Over the last dimension.
  public Tensor layerNorm(@Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return made(Aten.layerNorm(handle(), size(-1), handleOrNone(weight), handleOrNone(bias), eps));
  }

  /// Over the last dimension.
  public Tensor rmsNorm(@Nullable Tensor weight, double eps) {
    return made(Aten.rmsNorm(handle(), size(-1), handleOrNone(weight), eps));
  }

  public Tensor groupNorm(int groups, Tensor weight, Tensor bias, double eps) {
    return made(Aten.groupNorm(handle(), groups, weight.handle(), bias.handle(), eps));
  }

  /// As `groupNorm(...).silu()`, but in the memory of one result.
  public Tensor groupNormSilu(int groups, Tensor weight, Tensor bias, double eps) {
    var result = groupNorm(groups, weight, bias, eps);
    Aten.siluOver(result.handle());
    return result;
  }

  // ---- pictures, (B, C, H, W) ----

  public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return made(Aten.conv2d(handle(), weight.handle(), handleOrNone(bias), stride, padding));
  }

  /// Each pixel becomes 2 x 2 of itself.
  public Tensor upsample2x() {
    return made(Aten.upsampleNearest(handle(), 2 * size(2), 2 * size(3)));
  }

  /// The same picture with the channels of a pixel side by side in memory.
  public Tensor channelsInnermost() {
    return Scope.tidy(() -> permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
  }

  /// Zeros on the right and below.
  public Tensor padRightBelow(int pixels) {
    return made(Aten.pad(handle(), 0, pixels, 0, pixels));
  }

  // ---- shape; the result may share this tensor's elements ----

  public Tensor reshape(long... newShape) {
    return sharing(Aten.reshape(handle(), newShape));
  }

  public Tensor permute(long... dims) {
    return sharing(Aten.permute(handle(), dims));
  }

  public Tensor transpose(int dim0, int dim1) {
    return sharing(Aten.transpose(handle(), dim0, dim1));
  }

  /// `length` entries of a dimension, from `start` on.
  public Tensor narrow(int dim, long start, long length) {
    return sharing(Aten.narrow(handle(), dim, start, length));
  }

  /// `parts` equal parts of a dimension.
  public List<Tensor> chunk(int parts, int dim) {
    long length = size(dim) / parts;
    return java.util.stream.IntStream.range(0, parts)
        .mapToObj(i -> narrow(dim, i * length, length))
        .toList();
  }

  public Tensor unsqueeze(int dim) {
    return sharing(Aten.unsqueeze(handle(), dim));
  }

  public Tensor expand(long... newShape) {
    return sharing(Aten.expand(handle(), newShape));
  }

  public Tensor contiguous() {
    return sharing(Aten.contiguous(handle()));
  }

  public static Tensor cat(List<Tensor> tensors, int dim) {
    long[] handles = tensors.stream().mapToLong(Tensor::handle).toArray();
    return new Tensor(Aten.cat(handles, dim), null);
  }

  /// This tensor, and beside it in the last dimension the tanh GELU of another: as `cat([this,
  /// other.geluTanh()], -1)`, but the large activation is written only once.
  public Tensor besideGeluTanh(Tensor other) {
    try (var scope = Scope.open()) {
      long[] shape = shape();
      shape[rank() - 1] += other.size(-1);
      var whole = empty(shape, dtype(), device());
      Aten.copyInto(whole.narrow(-1, 0, size(-1)).handle(), handle());
      Aten.geluInto(whole.narrow(-1, size(-1), other.size(-1)).handle(), other.handle(), "tanh");
      return scope.keep(whole);
    }
  }

  // ---- conversion ----

  public Tensor to(DType dtype) {
    return sharing(Aten.toDType(handle(), dtype.torchCode()));
  }

  /// On its own device this is the same tensor again. libtorch is not asked then: it takes `cpu`
  /// and `cpu:0` for two devices, and would copy.
  public Tensor to(Device device) {
    return sharing(
        device.equals(device())
            ? Torch.duplicate(handle())
            : Aten.toDevice(handle(), device.torchType(), device.index(), dtype().torchCode()));
  }

  // ---- owning ----

  long handle() {
    if (freed) {
      throw new ClosedTensorException(
          "a tensor was used after the scope that owned it had closed; keep it with Scope.keep");
    }
    return handle;
  }

  private long[] sizes() {
    if (shape == null) {
      shape = Torch.shape(handle());
    }
    return shape;
  }

  private static long handleOrNone(@Nullable Tensor tensor) {
    return tensor == null ? 0 : tensor.handle();
  }

  private static Tensor made(long handle) {
    return new Tensor(handle, null);
  }

  private Tensor sharing(long handle) {
    return new Tensor(handle, lease == null ? null : lease.share());
  }

  @Nullable Scope owner() {
    return owner;
  }

  void ownedBy(Scope scope) {
    owner = scope;
  }

  void free() {
    if (!freed) {
      freed = true;
      Torch.deleteTensor(handle);
      if (lease != null) {
        lease.close();
      }
    }
  }
}
