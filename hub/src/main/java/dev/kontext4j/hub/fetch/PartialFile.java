package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.file.AtomicFile;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A file that is being fetched, in pieces: the data, and a journal of the pieces that came whole.
///
/// Whatever happens to the process or the machine, nothing is taken for good that is not: a piece
/// counts only if its bytes on the disk still have the hash in the journal, and the file only if
/// the whole has the hash it should have.
final class PartialFile implements AutoCloseable {
  static final int PIECE = 4 << 20;

  private final Path folder;
  private final long size;
  private final FileChannel data;
  private final Journal journal;
  private final BitSet good = new BitSet();

  private PartialFile(Path folder, long size, FileChannel data, Journal journal) {
    this.folder = folder;
    this.size = size;
    this.data = data;
    this.journal = journal;
  }

  /// Opens what an earlier run left in a folder, or begins there.
  ///
  /// @param mark what must be the same for two runs to go on with the same file
  static PartialFile open(Path folder, String mark, long size) throws IOException {
    Files.createDirectories(folder);
    var journal =
        Journal.open(
            Unfinished.journal(folder), "kontext4j 1 %d %d %s".formatted(size, PIECE, mark));
    try {
      var data =
          FileChannel.open(
              Unfinished.data(folder),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      var file = new PartialFile(folder, size, data, journal);
      file.check();
      return file;
    } catch (IOException e) {
      journal.close();
      throw e;
    }
  }

  /// Believes those pieces of the journal that are on the disk as it says.
  private void check() throws IOException {
    for (var entry : journal.pieces().entrySet()) {
      int piece = entry.getKey();
      if (piece < pieces() && hash(piece).equals(entry.getValue())) {
        good.set(piece);
      }
    }
  }

  private Sha256 hash(int piece) throws IOException {
    var hash = new Sha256.Running();
    hash.add(read(piece));
    return hash.end();
  }

  /// The bytes of a piece, as far as they are there.
  ByteBuffer read(int piece) throws IOException {
    var bytes = ByteBuffer.allocate((int) span(piece).length());
    long begin = span(piece).begin();
    while (bytes.hasRemaining() && data.read(bytes, begin + bytes.position()) >= 0) {
      // until it is full, or the file ends
    }
    return bytes.flip();
  }

  /// Where all of it is.
  Path folder() {
    return folder;
  }

  long size() {
    return size;
  }

  int pieces() {
    return Math.toIntExact(Math.ceilDiv(size, PIECE));
  }

  int pieceAt(long place) {
    return Math.toIntExact(place / PIECE);
  }

  Span span(int piece) {
    long begin = (long) piece * PIECE;
    return new Span(begin, Math.min(size, begin + PIECE));
  }

  /// How many bytes came whole.
  synchronized long goodBytes() {
    return good.stream().mapToLong(piece -> span(piece).length()).sum();
  }

  /// What is still to be fetched, in runs of at most so many bytes.
  synchronized List<Span> missing(long most) {
    var missing = new ArrayList<Span>();
    for (int piece = good.nextClearBit(0); piece < pieces(); piece = good.nextClearBit(piece)) {
      long begin = span(piece).begin();
      while (piece < pieces() && !good.get(piece) && span(piece).end() - begin <= most) {
        piece++;
      }
      missing.add(new Span(begin, span(piece - 1).end()));
    }
    return missing;
  }

  void write(long place, ByteBuffer bytes) throws IOException {
    long at = place;
    while (bytes.hasRemaining()) {
      at += data.write(bytes, at);
    }
  }

  /// A piece has been written whole.
  synchronized void isGood(int piece, Sha256 hash) throws IOException {
    journal.add(piece, hash);
    good.set(piece);
    notifyAll();
  }

  /// Waits until a piece is there.
  synchronized void await(int piece) throws InterruptedException {
    while (!good.get(piece)) {
      wait();
    }
  }

  /// Moves the whole file to its place, in one step, and forgets the journal.
  void moveTo(Path target) throws IOException {
    data.truncate(size);
    data.force(true);
    close();
    AtomicFile.moveIntoPlace(Unfinished.data(folder), target);
    Unfinished.delete(folder);
  }

  /// Throws away what has come.
  void discard() throws IOException {
    close();
    Unfinished.delete(folder);
  }

  @Override
  public void close() throws IOException {
    journal.close();
    data.close();
  }
}
