package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.LockedFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Writes a span of a file as it comes, piece by piece, over as many attempts as it takes.
final class SpanSink implements Sink {
  private final LockedFile file;
  private final PartialFile partial;
  private final Span span;
  private final FetchListener listener;
  private final Sha256.Running hash = new Sha256.Running();
  private long place;
  private long skip;
  private boolean fits = true;

  SpanSink(LockedFile file, PartialFile partial, Span span, FetchListener listener) {
    this.file = file;
    this.partial = partial;
    this.span = span;
    this.listener = listener;
    this.place = span.begin();
  }

  /// What has not come yet.
  Span rest() {
    return new Span(place, span.end());
  }

  /// Whether the last answer was to the question.
  boolean fits() {
    return fits;
  }

  boolean isFull() {
    return place == span.end();
  }

  @Override
  public boolean begins(Arrival arrival) {
    skip = place - arrival.begin(); // a server that gives no parts begins at the beginning
    boolean same = arrival.total().isEmpty() || arrival.total().getAsLong() == partial.size();
    fits = arrival.begin() >= 0 && skip >= 0 && same;
    return fits;
  }

  @Override
  public boolean take(ByteBuffer bytes) throws IOException {
    int skipped = (int) Math.min(skip, bytes.remaining());
    bytes.position(bytes.position() + skipped);
    skip -= skipped;
    while (bytes.hasRemaining() && !isFull()) {
      takePart(bytes);
    }
    return !isFull();
  }

  /// Takes what belongs to the current piece.
  private void takePart(ByteBuffer bytes) throws IOException {
    int piece = partial.pieceAt(place);
    long end = partial.span(piece).end();
    int count = (int) Math.min(end - place, bytes.remaining());
    var part = bytes.slice(bytes.position(), count);
    hash.add(part.duplicate());
    write(part);
    bytes.position(bytes.position() + count);
    place += count;
    listener.came(file, count);
    if (place == end) {
      record(piece);
    }
  }

  private void write(ByteBuffer part) throws DiskException {
    try {
      partial.write(place, part);
    } catch (IOException e) {
      throw new DiskException(partial.folder(), e);
    }
  }

  private void record(int piece) throws DiskException {
    try {
      partial.isGood(piece, hash.end());
    } catch (IOException e) {
      throw new DiskException(partial.folder(), e);
    }
  }
}
