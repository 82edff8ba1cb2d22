package dev.kontext4j.engine.residency;

/// Parameters that are needed together, so that they can come and go together.
///
/// @param name of the place that all of them are below, such as `double_blocks.3`
public record Group(String name, Use use) {

  /// What belongs to no group.
  public static final Group REST = new Group("", Use.ALWAYS);

  /// When a group is needed.
  public enum Use {
    /// At any time.
    ALWAYS,
    /// Once, before the blocks, one group after the other in the order of their loading.
    ONCE,
    /// Again and again, one block after the other in the order of their loading.
    BLOCK
  }
}
