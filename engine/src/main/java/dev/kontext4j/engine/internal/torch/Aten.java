package dev.kontext4j.engine.internal.torch;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/// The operators in use, each with its arguments in the order of ATen's schema, defaults spelled
/// out. Handles in, an owned handle out; 0 stands for an optional tensor that is not given.
///
/// libtorch's dispatcher cannot be given a `Scalar`. So sums go through the typed `subtract` (`a -
/// (-1) * b` rounds as `a + b` does), and numbers travel as 0-dim tensors, which take part without
/// changing the element type of the result.
public final class Aten {
  private static final Operator MUL = Operator.of("mul", "Tensor");
  private static final Operator DIV = Operator.of("div", "Tensor");
  private static final Operator BITWISE_AND = Operator.of("bitwise_and", "Tensor");
  private static final Operator SHIFT_RIGHT = Operator.of("bitwise_right_shift", "Tensor");
  private static final Operator VIEW_AS = Operator.of("view", "dtype");
  private static final Operator TAKE = Operator.of("take");
  private static final Operator MATMUL = Operator.of("matmul");
  private static final Operator LINEAR = Operator.of("linear");
  private static final Operator INT_MM = Operator.of("_int_mm");
  private static final Operator SCALED_MM = Operator.of("_scaled_mm");
  private static final Operator EMBEDDING = Operator.of("embedding");
  private static final Operator MEAN = Operator.of("mean", "dim");
  private static final Operator AMAX = Operator.of("amax");
  private static final Operator MAXIMUM = Operator.of("maximum");
  private static final Operator ABS = Operator.of("abs");
  private static final Operator ONES_LIKE = Operator.of("ones_like");
  private static final Operator ROUND = Operator.of("round");
  private static final Operator RECIPROCAL = Operator.of("reciprocal");
  private static final Operator RSQRT = Operator.of("rsqrt");
  private static final Operator SIN = Operator.of("sin");
  private static final Operator COS = Operator.of("cos");
  private static final Operator SOFTMAX = Operator.of("softmax", "int");
  private static final Operator RELU = Operator.of("relu");
  private static final Operator SIGMOID = Operator.of("sigmoid");
  private static final Operator SILU = Operator.of("silu");
  private static final Operator SILU_OVER = Operator.of("silu_");
  private static final Operator GELU = Operator.of("gelu");
  private static final Operator GELU_OUT = Operator.of("gelu", "out");
  private static final Operator COPY_INTO = Operator.of("copy_");
  private static final Operator ATTENTION = Operator.of("scaled_dot_product_attention");
  private static final Operator LAYER_NORM = Operator.of("layer_norm");
  private static final Operator RMS_NORM = Operator.of("rms_norm");
  private static final Operator GROUP_NORM = Operator.of("group_norm");
  private static final Operator CONV2D = Operator.of("conv2d");
  private static final Operator UPSAMPLE_NEAREST = Operator.of("upsample_nearest2d", "vec");
  private static final Operator PAD = Operator.of("pad");
  private static final Operator VIEW_AS_COMPLEX = Operator.of("view_as_complex");
  private static final Operator VIEW_AS_REAL = Operator.of("view_as_real");
  private static final Operator QR = Operator.of("linalg_qr");
  private static final Operator SVD = Operator.of("linalg_svd");
  private static final Operator RESHAPE = Operator.of("reshape");
  private static final Operator PERMUTE = Operator.of("permute");
  private static final Operator TRANSPOSE = Operator.of("transpose", "int");
  private static final Operator NARROW = Operator.of("narrow");
  private static final Operator UNSQUEEZE = Operator.of("unsqueeze");
  private static final Operator EXPAND = Operator.of("expand");
  private static final Operator CONTIGUOUS = Operator.of("contiguous");
  private static final Operator CAT = Operator.of("cat");
  private static final Operator TO_DTYPE = Operator.of("to", "dtype");
  private static final Operator TO_DEVICE = Operator.of("to", "device");

  private static final Optional<OpenBlas> OPEN_BLAS = TorchLibrary.loaded().openBlas();

  private Aten() {}

  /// A call with a number as a 0-dim tensor that lives as long as the call.
  private static long withScalar(double number, LongUnaryOperator call) {
    long scalar = Torch.scalar((float) number);
    try {
      return call.applyAsLong(scalar);
    } finally {
      Torch.deleteTensor(scalar);
    }
  }

  public static long add(long a, long b) {
    return Operator.typed("add", () -> Torch.subtract(a, b, -1), a, b);
  }

  public static long subtract(long a, long b) {
    return Operator.typed("sub", () -> Torch.subtract(a, b, 1), a, b);
  }

  public static long addNumber(long a, double number) {
    return withScalar(number, scalar -> add(a, scalar));
  }

  public static long multiply(long a, long b) {
    return MUL.call(args -> args.tensor(a).tensor(b));
  }

  public static long multiplyNumber(long a, double number) {
    return withScalar(number, scalar -> multiply(a, scalar));
  }

  public static long divideNumber(long a, double number) {
    return withScalar(number, scalar -> DIV.call(args -> args.tensor(a).tensor(scalar)));
  }

  public static long bitwiseAnd(long a, long b) {
    return BITWISE_AND.call(args -> args.tensor(a).tensor(b));
  }

  public static long shiftRight(long a, long b) {
    return SHIFT_RIGHT.call(args -> args.tensor(a).tensor(b));
  }

  /// The same bytes as elements of another type; the last dimension grows or shrinks with them.
  public static long viewAs(long x, int dtype) {
    return VIEW_AS.call(args -> args.tensor(x).integer(dtype));
  }

  /// Elements of a table at 64-bit indices.
  public static long take(long table, long indices) {
    return TAKE.call(args -> args.tensor(table).tensor(indices));
  }

  public static long matmul(long a, long b) {
    return MATMUL.call(args -> args.tensor(a).tensor(b));
  }

  /// `factor * a @ b` of as many matrices (n, ., .) each, on the CPU, rounded once; over `result`.
  public static long products(long result, long a, long b, double factor) {
    return Operator.typed("baddbmm", () -> Torch.productsOnCpu(result, a, b, factor), a, b);
  }

  /// Orthonormal columns and what they are multiplied with.
  public static long[] qr(long a) {
    return QR.call(2, args -> args.tensor(a).text("reduced"));
  }

  /// Left vectors (columns), values, right vectors (rows).
  public static long[] svd(long a) {
    // not the full matrices; the usual driver
    return SVD.call(3, args -> args.tensor(a).flag(false).none());
  }

  /// `x @ weight.T + bias`.
  ///
  /// @param multiplications how many that takes
  public static long linear(long x, long weight, long bias, long multiplications) {
    LongSupplier call =
        () -> LINEAR.call(args -> args.tensor(x).tensor(weight).optionalTensor(bias));
    return OPEN_BLAS.isEmpty() ? call.getAsLong() : OPEN_BLAS.get().product(multiplications, call);
  }

  /// Sums of products of 8-bit whole numbers, as 32-bit ones: (n, k) and (k, m), whose columns lie
  /// one behind the other.
  public static long intMatmul(long a, long b) {
    return INT_MM.call(args -> args.tensor(a).tensor(b));
  }

  /// The same of 8-bit floating-point numbers, summed in f32; multiplied by scales, each one number
  /// or one for each row of `a` and each column of `b`.
  ///
  /// @param bias of the result's type, or none
  public static long scaledMatmul(
      long a, long b, long scalesOfA, long scalesOfB, long bias, int dtype) {
    // scale of the result; sums may be a little coarser than f32 where that is faster
    return SCALED_MM.call(args ->
        args.tensor(a)
            .tensor(b)
            .tensor(scalesOfA)
            .tensor(scalesOfB)
            .optionalTensor(bias)
            .none()
            .optionalInteger(dtype)
            .flag(true));
  }

  public static long embedding(long table, long indices) {
    // padding index, scale by frequency, sparse: for training only
    return EMBEDDING.call(
        args -> args.tensor(table).tensor(indices).integer(-1).flag(false).flag(false));
  }

  /// Keeps the dimension, with length 1.
  public static long mean(long x, int dim) {
    return MEAN.call(args -> args.tensor(x).optionalIntegers(dim).flag(true).none());
  }

  /// The largest along a dimension, which stays with the size 1.
  public static long largest(long x, int dim) {
    return AMAX.call(args -> args.tensor(x).integers(dim).flag(true));
  }

  public static long atLeast(long x, double number) {
    return withScalar(number, scalar -> MAXIMUM.call(args -> args.tensor(x).tensor(scalar)));
  }

  public static long onesLike(long x) {
    // type, layout, device, pinned, memory format: as they are
    return ONES_LIKE.call(args -> args.tensor(x).none().none().none().none().none());
  }

  public static long abs(long x) {
    return ABS.call(args -> args.tensor(x));
  }

  /// To whole numbers, halves to the even one.
  public static long round(long x) {
    return ROUND.call(args -> args.tensor(x));
  }

  public static long reciprocal(long x) {
    return RECIPROCAL.call(args -> args.tensor(x));
  }

  public static long rsqrt(long x) {
    return RSQRT.call(args -> args.tensor(x));
  }

  public static long sin(long x) {
    return SIN.call(args -> args.tensor(x));
  }

  public static long cos(long x) {
    return COS.call(args -> args.tensor(x));
  }

  public static long softmax(long x, int dim) {
    return SOFTMAX.call(args -> args.tensor(x).integer(dim).none());
  }

  public static long relu(long x) {
    return RELU.call(args -> args.tensor(x));
  }

  public static long sigmoid(long x) {
    return SIGMOID.call(args -> args.tensor(x));
  }

  public static long silu(long x) {
    return SILU.call(args -> args.tensor(x));
  }

  /// Writes the SiLU of `x` over it.
  public static void siluOver(long x) {
    Torch.deleteTensor(SILU_OVER.call(args -> args.tensor(x)));
  }

  public static long gelu(long x, String approximation) {
    return GELU.call(args -> args.tensor(x).text(approximation));
  }

  /// Writes the GELU of `x` over `target`, which may be a part of a larger tensor.
  public static void geluInto(long target, long x, String approximation) {
    Torch.deleteTensor(GELU_OUT.call(args -> args.tensor(x).text(approximation).tensor(target)));
  }

  /// Writes `x` over `target`, which may be a part of a larger tensor.
  public static void copyInto(long target, long x) {
    Torch.deleteTensor(COPY_INTO.call(args -> args.tensor(target).tensor(x).flag(false)));
  }

  public static long attention(long query, long key, long value, long bias, double scale) {
    // dropout, causal, scale, grouped queries
    return ATTENTION.call(args ->
        args.tensor(query)
            .tensor(key)
            .tensor(value)
            .optionalTensor(bias)
            .real(0)
            .flag(false)
            .optionalReal(scale)
            .flag(false));
  }

  public static long layerNorm(long x, long width, long weight, long bias, double eps) {
    return LAYER_NORM.call(args ->
        args.tensor(x)
            .integers(width)
            .optionalTensor(weight)
            .optionalTensor(bias)
            .real(eps)
            .flag(true));
  }

  public static long rmsNorm(long x, long width, long weight, double eps) {
    return RMS_NORM.call(
        args -> args.tensor(x).integers(width).optionalTensor(weight).optionalReal(eps));
  }

  public static long groupNorm(long x, int groups, long weight, long bias, double eps) {
    return GROUP_NORM.call(args ->
        args.tensor(x)
            .integer(groups)
            .optionalTensor(weight)
            .optionalTensor(bias)
            .real(eps)
            .flag(true));
  }

  public static long conv2d(long x, long weight, long bias, int stride, int padding) {
    // stride, padding, dilation, groups
    return CONV2D.call(args ->
        args.tensor(x)
            .tensor(weight)
            .optionalTensor(bias)
            .integers(stride, stride)
            .integers(padding, padding)
            .integers(1, 1)
            .integer(1));
  }

  public static long upsampleNearest(long x, long height, long width) {
    return UPSAMPLE_NEAREST.call(args -> args.tensor(x).optionalIntegers(height, width).none());
  }

  /// Zeros around the last two dimensions.
  public static long pad(long x, int left, int right, int above, int below) {
    return PAD.call(
        args -> args.tensor(x).integers(left, right, above, below).text("constant").none());
  }

  /// Pairs in the last dimension as complex numbers.
  public static long viewAsComplex(long x) {
    return VIEW_AS_COMPLEX.call(args -> args.tensor(x));
  }

  public static long viewAsReal(long x) {
    return VIEW_AS_REAL.call(args -> args.tensor(x));
  }

  public static long reshape(long x, long[] shape) {
    return RESHAPE.call(args -> args.tensor(x).integers(shape));
  }

  public static long permute(long x, long[] dims) {
    return PERMUTE.call(args -> args.tensor(x).integers(dims));
  }

  public static long transpose(long x, int dim0, int dim1) {
    return TRANSPOSE.call(args -> args.tensor(x).integer(dim0).integer(dim1));
  }

  public static long narrow(long x, int dim, long start, long length) {
    return NARROW.call(args -> args.tensor(x).integer(dim).integer(start).integer(length));
  }

  public static long unsqueeze(long x, int dim) {
    return UNSQUEEZE.call(args -> args.tensor(x).integer(dim));
  }

  public static long expand(long x, long[] shape) {
    return EXPAND.call(args -> args.tensor(x).integers(shape).flag(false));
  }

  public static long contiguous(long x) {
    return CONTIGUOUS.call(args -> args.tensor(x).integer(0)); // memory format: row-major
  }

  public static long cat(long[] tensors, int dim) {
    return CAT.call(args -> args.tensors(tensors).integer(dim));
  }

  public static long toDType(long x, int dtype) {
    // non-blocking, copy, memory format
    return TO_DTYPE.call(args -> args.tensor(x).integer(dtype).flag(false).flag(false).none());
  }

  public static long toDevice(long x, int type, int index, int dtype) {
    return TO_DEVICE.call(
        args -> args.tensor(x).device(type, index).integer(dtype).flag(false).flag(false).none());
  }
}
