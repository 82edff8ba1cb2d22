package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;

/// What changes weights on their way from a file into a network, such as a LoRA.
public interface Overlay {
  /// Leaves every weight as it is.
  Overlay NONE =
      new Overlay() {
        @Override
        public boolean touches(String name) {
          return false;
        }

        @Override
        public Tensor apply(String name, Original weight, DType dtype) {
          return weight.whole().to(dtype);
        }
      };

  /// Whether a weight is changed; one that is not may stay the mapped file itself.
  ///
  /// @param name as the network calls it
  boolean touches(String name);

  /// Whether a weight that is packed in its file is packed again after the change, in 8 bits. Else
  /// it stays in the type of the computation.
  default boolean packsAgain() {
    return false;
  }

  /// The changed weight, in the innermost open scope.
  ///
  /// @param dtype the type of the computation, to which the changed weight is rounded once
  Tensor apply(String name, Original weight, DType dtype);

  /// A weight as the model has it, in the network's shape and order and on its device, read
  /// whenever it is asked for.
  interface Original {
    long[] shape();

    Device device();

    /// Whether some rows can be had without reading all.
    boolean isInRows();

    /// Some rows in f32, in the innermost open scope.
    Tensor rows(long first, long count);

    /// All of it in f32, in the innermost open scope.
    default Tensor whole() {
      return rows(0, shape()[0]);
    }

    /// A tensor in f32, that is there already.
    static Original of(Tensor whole) {
      return new Original() {
        @Override
        public long[] shape() {
          return whole.shape();
        }

        @Override
        public Device device() {
          return whole.device();
        }

        @Override
        public boolean isInRows() {
          return true;
        }

        @Override
        public Tensor rows(long first, long count) {
          return whole.narrow(0, first, count);
        }
      };
    }
  }
}
