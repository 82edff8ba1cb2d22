package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import java.util.List;
import java.util.Optional;

/// The tensors of a checkpoint as numbers on a device, whatever they are stored as.
record StoredTensors(Checkpoint checkpoint, Packings packings, Device device) {

  /// A tensor in the innermost open scope, in the shape that it has in the model.
  Tensor read(String name, DType dtype) {
    return packings
        .of(name)
        .map(packing -> expanded(name, packing, dtype))
        .orElseGet(() -> checkpoint.tensor(name).to(dtype).to(device));
  }

  /// Whether some of its rows can be read without all others.
  boolean hasRows(String name) {
    return packings.of(name).isEmpty()
        && !checkpoint.entry(name).shape().isEmpty()
        && checkpoint.isAligned(name);
  }

  /// The length of the first dimension.
  long rows(String name) {
    return checkpoint.entry(name).shape().getFirst();
  }

  /// Some rows in f32, in the innermost open scope.
  Tensor readRows(String name, long first, long count) {
    return checkpoint.tensor(name).narrow(0, first, count).to(device).to(DType.F32);
  }

  /// Whether a tensor of that type is the file itself.
  boolean isMapped(String name, DType dtype) {
    return device.isCpu()
        && packings.of(name).isEmpty()
        && checkpoint.entry(name).dtype().equals(Optional.of(dtype));
  }

  /// Lets the files' pages go.
  void release(List<String> names) {
    names.forEach(checkpoint::release);
  }

  /// A tensor that stays packed until it is used.
  PackedTensor packed(String name, Scope store) {
    return new PackedTensor(checkpoint, name, packings.of(name).orElseThrow(), device, store);
  }

  private Tensor expanded(String name, Packing packing, DType dtype) {
    try (var passing = Scope.store()) {
      var packed = new PackedTensor(checkpoint, name, packing, device, passing);
      return packed.expanded(0, packed.rows(), dtype).reshape(packings.shape(name));
    }
  }
}
