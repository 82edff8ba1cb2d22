package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/// A weight in the network's shape and order, put together of what is stored.
///
/// @param stored whose rows, one below the other, make up the weight
record StoredWeight(StoredTensors tensors, Layout.StoredAs stored, List<Long> sizes)
    implements Overlay.Original {

  @Override
  public long[] shape() {
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public Device device() {
    return tensors.device();
  }

  /// All of it.
  Tensor as(DType dtype) {
    var rows = stored.names().stream().map(name -> tensors.read(name, dtype)).toList();
    var whole = rows.size() == 1 ? rows.getFirst() : Tensor.cat(rows, 0);
    var shaped = whole.reshape(shape());
    return stored.swapHalves() ? Tensor.cat(shaped.chunk(2, 0).reversed(), 0) : shaped;
  }

  @Override
  public Tensor whole() {
    return as(DType.F32);
  }

  @Override
  public boolean isInRows() {
    return !stored.swapHalves()
        && sizes.size() > 1
        && stored.names().stream().allMatch(tensors::hasRows)
        && stored.names().stream().mapToLong(tensors::rows).sum() == sizes.getFirst();
  }

  @Override
  public Tensor rows(long first, long count) {
    if (!isInRows()) {
      return whole().narrow(0, first, count);
    }
    long[] shape = shape();
    shape[0] = count;
    var parts = new ArrayList<Tensor>();
    long start = 0; // of what is stored under a name
    for (String name : stored.names()) {
      long from = Math.max(first, start);
      long end = Math.min(first + count, start + tensors.rows(name));
      if (from < end) {
        parts.add(tensors.readRows(name, from - start, end - from));
      }
      start += tensors.rows(name);
    }
    var all = parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0);
    return all.reshape(shape);
  }

  /// Whether the tensor of a type is the file itself.
  boolean isMapped(DType dtype) {
    return stored.names().size() == 1
        && !stored.swapHalves()
        && tensors.isMapped(stored.names().getFirst(), dtype);
  }

  /// Lets the files' pages go.
  void release() {
    tensors.release(stored.names());
  }
}
