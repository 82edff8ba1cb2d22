package dev.kontext4j.cli.picture;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The rows of a PNG picture, inflated and unfiltered one after the other.
final class PngRows implements AutoCloseable {
  private final byte[] file;
  private final Iterator<PngChunk> chunks;
  private final PngHeader header;
  private final Inflater inflater = new Inflater();
  private byte[] previous = {};
  private byte[] current = {};

  PngRows(byte[] file, List<PngChunk> data, PngHeader header) {
    this.file = file;
    this.chunks = data.iterator();
    this.header = header;
  }

  void startPass(int width) {
    previous = new byte[header.rowBytes(width)];
    current = new byte[header.rowBytes(width)];
  }

  /// The next row; valid until the call after the next.
  byte[] next() throws IOException {
    byte[] filter = new byte[1];
    inflate(filter);
    byte[] row = previous;
    previous = current;
    current = row;
    inflate(row);
    switch (filter[0]) {
      case 0 -> {}
      case 1 -> sub(row);
      case 2 -> up(row);
      case 3 -> average(row);
      case 4 -> paeth(row);
      default -> throw new IOException("is damaged (unknown PNG filter)");
    }
    return row;
  }

  private void inflate(byte[] target) throws IOException {
    int done = 0;
    try {
      while (done < target.length) {
        done += inflater.inflate(target, done, target.length - done);
        if (done < target.length && (inflater.finished() || inflater.needsDictionary())) {
          throw new IOException("is damaged (too few pixels)");
        }
        if (inflater.needsInput() && done < target.length) {
          if (!chunks.hasNext()) {
            throw new IOException("is truncated; copy or download it again");
          }
          PngChunk chunk = chunks.next();
          inflater.setInput(file, chunk.start(), chunk.length());
        }
      }
    } catch (DataFormatException e) {
      throw new IOException("is damaged (" + e.getMessage() + ")", e);
    }
  }

  private void sub(byte[] row) {
    int back = header.pixelBytes();
    for (int i = back; i < row.length; i++) {
      row[i] = (byte) (row[i] + row[i - back]);
    }
  }

  private void up(byte[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) (row[i] + previous[i]);
    }
  }

  private void average(byte[] row) {
    int back = header.pixelBytes();
    for (int i = 0; i < row.length; i++) {
      int left = i < back ? 0 : row[i - back] & 0xff;
      row[i] = (byte) (row[i] + (left + (previous[i] & 0xff)) / 2);
    }
  }

  private void paeth(byte[] row) {
    int back = header.pixelBytes();
    for (int i = 0; i < row.length; i++) {
      int left = i < back ? 0 : row[i - back] & 0xff;
      int above = previous[i] & 0xff;
      int corner = i < back ? 0 : previous[i - back] & 0xff;
      row[i] = (byte) (row[i] + PngFilter.paeth(left, above, corner));
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
