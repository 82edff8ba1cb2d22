package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import dev.kontext4j.engine.quant.NvFp4;
import java.util.List;
import java.util.Set;

/// [NvFp4] beside its two kinds of scales. Scales and numbers are held together, row by row.
///
/// @param groupScales the name of the scales of 16 neighbours each
/// @param scale of all
record NvFp4Packing(String groupScales, float scale, Set<String> companions) implements Packing {
  NvFp4Packing {
    companions = Set.copyOf(companions);
  }

  @Override
  public long[] shape(StoredBytes source, String name) {
    var stored = source.entry(name).shape();
    if (stored.size() != 2 || stored.getLast() % (NvFp4.GROUP / 2) != 0) {
      throw damaged(source, name);
    }
    return new long[] {stored.getFirst(), 2 * stored.getLast()};
  }

  @Override
  public Tensor bytes(StoredBytes source, String name, long rows) {
    long columns = shape(source, name)[1];
    var scales = source.tensor(groupScales);
    if (elements(scales) != NvFp4.storedScales(rows, columns)) {
      throw damaged(source, name);
    }
    return Tensor.cat(List.of(source.tensor(name), NvFp4.scalesInOrder(scales, rows, columns)), 1);
  }

  @Override
  public Tensor numbers(Tensor bytes, long first) {
    long packed = bytes.size(1) * (NvFp4.GROUP / 2) / (NvFp4.GROUP / 2 + 1);
    return NvFp4.decode(
        bytes.narrow(1, 0, packed), bytes.narrow(1, packed, bytes.size(1) - packed), scale);
  }

  @Override
  public Set<String> sources() {
    return Set.of(groupScales);
  }

  @Override
  public int together() {
    return NvFp4.GROUP;
  }

  @Override
  public boolean isCopied() {
    return true;
  }

  private static long elements(Tensor tensor) {
    long count = tensor.dtype() == DType.F8_E4M3 ? 1 : 0; // of what else they would be, none fit
    for (long size : tensor.shape()) {
      count *= size;
    }
    return count;
  }

  private static CheckpointException damaged(StoredBytes source, String name) {
    return new CheckpointException(
        "%s: the 4-bit tensor '%s' and its scales do not fit together; get another version of the model"
            .formatted(source.path(), name));
  }
}
