package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;

/// The hash of a whole file whose pieces come in any order: it follows them in theirs, so that it
/// is known soon after the last one has come, while the bytes are still in the system's memory.
record WholeHash(PartialFile partial) implements Callable<Sha256> {
  @Override
  public Sha256 call() throws DiskException, InterruptedException {
    var hash = new Sha256.Running();
    for (int piece = 0; piece < partial.pieces(); piece++) {
      partial.await(piece);
      hash.add(bytes(piece));
    }
    return hash.end();
  }

  private ByteBuffer bytes(int piece) throws DiskException {
    try {
      return partial.read(piece);
    } catch (IOException e) {
      throw new DiskException(partial.folder(), e);
    }
  }
}
