package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.Tensor;

/// A parameter of a group that comes and goes: a parameter like any other, for as long as the group
/// is here.
///
/// @param here made of what the group's slot holds
record StreamedParameter(Streaming streaming, StreamedGroup group, Parameter here)
    implements Parameter {

  @Override
  public Tensor value() {
    streaming.enter(group);
    return here.value();
  }

  @Override
  public Tensor rows(long start, long count) {
    streaming.enter(group);
    return here.rows(start, count);
  }

  @Override
  public Tensor rowsAt(Tensor indices) {
    streaming.enter(group);
    return here.rowsAt(indices);
  }

  @Override
  public void release() {
    here.release();
  }
}
