package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.List;

/// A parameter that stays packed in memory. Its tensor is expanded anew at every use and belongs to
/// the innermost open scope. While an overlay changes it, the changed weight is kept instead.
///
/// @param stored whose rows, one below the other, make up the parameter
/// @param changed the parameter as the overlay changes it
record PackedParameter(
    List<PackedTensor> stored,
    boolean swapHalves,
    DType dtype,
    List<Long> shape,
    StoredParameter.Change change,
    RepackedParameter changed)
    implements Parameter {

  @Override
  public Tensor value() {
    return change.now().isPresent() ? changed.value() : Scope.tidy(this::expanded);
  }

  @Override
  public Tensor rows(long start, long count) {
    if (change.now().isPresent()) {
      return changed.rows(start, count);
    }
    return canTakeRows()
        ? stored.getFirst().expanded(start, count, dtype)
        : Parameter.super.rows(start, count);
  }

  @Override
  public Tensor rowsAt(Tensor indices) {
    return canTakeRows()
        ? Scope.tidy(() -> stored.getFirst().expandedRows(indices, dtype))
        : Parameter.super.rowsAt(indices);
  }

  @Override
  public void release() {
    changed.release();
    stored.forEach(PackedTensor::release);
  }

  private Tensor expanded() {
    var rows = stored.stream().map(one -> one.expanded(0, one.rows(), dtype)).toList();
    var whole = rows.size() == 1 ? rows.getFirst() : Tensor.cat(rows, 0);
    var shaped = whole.reshape(shape.stream().mapToLong(Long::longValue).toArray());
    return swapHalves ? Tensor.cat(shaped.chunk(2, 0).reversed(), 0) : shaped;
  }

  private boolean canTakeRows() {
    return stored.size() == 1
        && !swapHalves
        && shape.size() == 2
        && stored.getFirst().rows() == shape.getFirst()
        && change.now().isEmpty();
  }
}
