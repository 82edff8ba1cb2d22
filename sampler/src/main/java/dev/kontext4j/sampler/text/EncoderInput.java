package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import java.util.List;

/// What decides what a text encoder gives for a prompt. How its weights are kept in memory does
/// not.
///
/// @param dtype the element type that it computes in
/// @param ids the prompt's tokens
public record EncoderInput(EncoderFiles files, DType dtype, Device device, List<Integer> ids) {
  public EncoderInput {
    ids = List.copyOf(ids);
  }
}
