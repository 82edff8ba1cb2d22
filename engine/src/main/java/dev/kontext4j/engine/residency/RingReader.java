package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.residency.Cargo.Piece;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Fills a ring's slots, one after the other, each by several reads at once. However it ends, the
/// ring is told.
final class RingReader {
  private static final int PIECE = 1 << 23;
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final Ring ring;
  private final RingMemory memory;
  private final Reading reading;
  private final Thread thread;

  private RingReader(Ring ring, RingMemory memory, Reading reading) {
    this.ring = ring;
    this.memory = memory;
    this.reading = reading;
    this.thread = Thread.ofPlatform().daemon().name("kontext4j-ring").unstarted(this::run);
  }

  static RingReader start(Ring ring, RingMemory memory, Reading reading) {
    var reader = new RingReader(ring, memory, reading);
    reader.thread.start();
    return reader;
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /// Waits for its end.
  void join(long milliseconds) throws InterruptedException {
    thread.join(milliseconds);
  }

  private void run() {
    // closed only when its threads are through: they write to memory that is freed after the end
    try (var threads = Executors.newFixedThreadPool(THREADS, RingReader::readingThread)) {
      for (var slot = ring.awaitWork(); slot.isPresent(); slot = ring.awaitWork()) {
        fill(slot.get(), threads);
        ring.filled(slot.get());
      }
    } catch (ExecutionException e) {
      ring.fail(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException | RuntimeException | Error e) {
      ring.fail(e);
    }
  }

  private static Thread readingThread(Runnable work) {
    return Thread.ofPlatform().daemon().name("kontext4j-reading").unstarted(work);
  }

  private void fill(Slot slot, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    memory.beginWriting();
    var reads = new ArrayList<Future<?>>();
    for (Piece piece : slot.cargo().pieces(PIECE)) {
      reads.add(threads.submit(() -> read(slot, piece)));
    }
    try {
      for (Future<?> read : reads) {
        read.get();
      }
    } finally {
      // Not interrupted: that would close the file for all who read it.
      reads.forEach(read -> read.cancel(false));
    }
    memory.awaitArrival();
  }

  private void read(Slot slot, Piece piece) {
    if (slot.isGivenBack()) {
      return; // nobody wants it any more
    }
    long place = slot.begin() + piece.offset();
    var item = piece.item();
    reading.read(item.file(), item.entry(), piece.from(), memory.at(place, piece.length()));
    memory.written(place, piece.length());
  }
}
