package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.file.FileStamp;
import dev.kontext4j.engine.weights.Sha256;
import java.util.Optional;

/// Hashes of files that somebody has worked out. Weights are not read for the sake of a look: that
/// would cost more than the encoder that is to be spared.
@FunctionalInterface
public interface KnownHashes {
  Optional<Sha256> of(FileStamp file);
}
