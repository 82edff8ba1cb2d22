package dev.kontext4j.engine.residency;

/// What a group of parameters takes, as the headers tell.
///
/// @param stored in a ring: its tensors as they are in the files
/// @param kept if it stays: as it is computed with, or packed
/// @param made while it is here beside a ring: tensors that are not the stored bytes themselves,
///   because of another type or of rows that are put together
public record GroupSize(Group group, long stored, long kept, long made) {

  /// Of both together.
  public GroupSize plus(GroupSize other) {
    return new GroupSize(group, stored + other.stored, kept + other.kept, made + other.made);
  }
}
