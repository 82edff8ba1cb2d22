package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import java.util.List;
import java.util.Optional;

/// The tensors of a checkpoint as numbers on a device, whatever they are stored as.
///
/// @param source where their bytes are taken from
record StoredTensors(StoredBytes source, Packings packings, Device device) {

  /// A tensor in the innermost open scope, in the shape that it has in the model.
  Tensor read(String name, DType dtype) {
    return packings
        .of(name)
        .map(packing -> expanded(name, packing, dtype))
        .orElseGet(() -> source.tensor(name).to(dtype).to(device));
  }

  /// Whether some of its rows can be read without all others.
  boolean hasRows(String name) {
    return packings.of(name).isEmpty()
        && !source.entry(name).shape().isEmpty()
        && source.hasRows(name);
  }

  /// The length of the first dimension.
  long rows(String name) {
    return source.entry(name).shape().getFirst();
  }

  /// Some rows in f32, in the innermost open scope.
  Tensor readRows(String name, long first, long count) {
    return source.rows(name, first, count).to(device).to(DType.F32);
  }

  /// Whether a tensor of that type is the file itself.
  boolean isMapped(String name, DType dtype) {
    return device.isCpu()
        && packings.of(name).isEmpty()
        && source.entry(name).dtype().equals(Optional.of(dtype));
  }

  /// Lets the files' pages go.
  void release(List<String> names) {
    names.forEach(source::release);
  }

  /// A tensor that stays packed until it is used.
  PackedTensor packed(String name, Scope store) {
    return new PackedTensor(source, name, packings.of(name).orElseThrow(), device, store);
  }

  private Tensor expanded(String name, Packing packing, DType dtype) {
    try (var passing = Scope.store()) {
      var packed = new PackedTensor(source, name, packing, device, passing);
      return packed.expanded(0, packed.rows(), dtype).reshape(packings.shape(name));
    }
  }
}
