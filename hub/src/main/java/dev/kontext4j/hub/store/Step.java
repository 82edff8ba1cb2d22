package dev.kontext4j.hub.store;

import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import java.nio.file.Path;

/// What is to be done for one part of a set.
public sealed interface Step {
  ModelSet.Part part();

  /// Nothing: it is here.
  record Here(ModelSet.Part part) implements Step {}

  /// It is written from the lock.
  record Write(ModelSet.Written part) implements Step {}

  /// It is somewhere on this machine, and used there.
  ///
  /// @param ours whether it belongs to another set of ours
  record Link(ModelSet.Fetched part, LockedFile file, Path source, boolean ours) implements Step {}

  /// It is fetched.
  ///
  /// @param file with its hash, if anybody knows it
  record Fetch(ModelSet.Fetched part, LockedFile file) implements Step {}
}
