package dev.kontext4j.engine.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A stretch of a file as a stream, read with plain reads and never held as a whole. Does not own
/// the channel.
public final class FileRange extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  public FileRange(FileChannel channel, long begin, long end) {
    this.channel = channel;
    this.position = begin;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (position >= end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - position);
    int got = channel.read(ByteBuffer.wrap(into, offset, wanted), position);
    if (got > 0) {
      position += got;
    }
    return got;
  }
}
