package dev.kontext4j.lora.names;

/// What a change is made to: a tensor of a network, or rows of one.
///
/// @param tensor the network's name
/// @param columns how long a row is; 0 for a tensor of one dimension
public record Target(Part part, String tensor, Rows rows, long columns) {
  @Override
  public String toString() {
    return tensor;
  }
}
