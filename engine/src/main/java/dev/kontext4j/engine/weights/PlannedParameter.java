package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.Tensor;

/// A parameter of a group that stays, or comes and goes, as the plan of the moment says. In both
/// cases it is a parameter like any other.
///
/// @param here made of what the group's slot holds, for as long as the group is here
/// @param stays made of the files
record PlannedParameter(Streaming streaming, StreamedGroup group, Parameter here, Parameter stays)
    implements Parameter {

  private Parameter now() {
    if (!streaming.passes(group)) {
      return stays;
    }
    streaming.enter(group);
    return here;
  }

  @Override
  public Tensor value() {
    return now().value();
  }

  @Override
  public Tensor rows(long start, long count) {
    return now().rows(start, count);
  }

  @Override
  public Tensor rowsAt(Tensor indices) {
    return now().rowsAt(indices);
  }

  @Override
  public void release() {
    here.release();
    stays.release();
  }
}
