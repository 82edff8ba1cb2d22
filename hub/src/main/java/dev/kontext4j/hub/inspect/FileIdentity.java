package dev.kontext4j.hub.inspect;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.LockedFile;
import java.nio.file.Path;
import java.util.Optional;

/// A file, and which one of the lock it is.
///
/// @param sha256 if it was worked out
/// @param known the file of the lock that has this hash
public record FileIdentity(
    Path path, long bytes, Optional<Sha256> sha256, Optional<LockedFile> known) {}
