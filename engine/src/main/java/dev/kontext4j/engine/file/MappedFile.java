package dev.kontext4j.engine.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A whole file in memory, read-only, for as long as somebody holds a lease on it.
public final class MappedFile {
  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;
  private final AtomicInteger leases = new AtomicInteger(1);

  private MappedFile(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
  }

  /// Maps a file. One count is born with it: the caller's, to be wrapped in a [Lease].
  public static MappedFile open(Path path, FileChannel channel) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new MappedFile(path, arena, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  public MemorySegment slice(long begin, long size) {
    return bytes.asSlice(begin, size);
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
    }
  }
}
