package dev.kontext4j.engine.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A whole file in memory, read-only, for as long as somebody holds a lease on it. Its channel
/// stays open as long, so that plain reads are of the same file, whoever takes its name meanwhile.
public final class MappedFile {
  private final Path path;
  private final FileChannel channel;
  private final Arena arena;
  private final MemorySegment bytes;
  private final AtomicInteger leases = new AtomicInteger(1);

  private MappedFile(Path path, FileChannel channel, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.channel = channel;
    this.arena = arena;
    this.bytes = bytes;
  }

  /// Maps a file, and takes its channel over. One count is born with it: the caller's, to be
  /// wrapped in a [Lease].
  public static MappedFile open(Path path, FileChannel channel) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return new MappedFile(path, channel, arena, bytes);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public MemorySegment slice(long begin, long size) {
    return bytes.asSlice(begin, size);
  }

  /// Fills a buffer with the file's bytes from `begin` on, by plain reads; on any thread.
  ///
  /// @return where the file ended too early; negative if it did not
  long read(long begin, ByteBuffer into) throws IOException {
    long position = begin;
    while (into.hasRemaining()) {
      int count = channel.read(into, position);
      if (count < 0) {
        return position;
      }
      position += count;
    }
    return -1;
  }

  public Lease lease() {
    int before = leases.getAndUpdate(count -> count == 0 ? 0 : count + 1);
    if (before == 0) {
      throw new ClosedFileException(path + ": used after it was closed");
    }
    return new Lease(this);
  }

  void release() {
    if (leases.decrementAndGet() == 0) {
      arena.close();
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
