package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;

/// What a JPEG file's frame header says.
final class JpegFrame {
  private static final int FIXED = 6; // precision, height, width, number of components
  private static final int COMPONENT = 3; // id, sampling factors, table

  private final Size size;
  private final int[] ids;
  private final int[] sampling; // columns and rows in four bits each

  private JpegFrame(Size size, int[] ids, int[] sampling) {
    this.size = size;
    this.ids = ids;
    this.sampling = sampling;
  }

  static JpegFrame read(byte[] file, int start, int length) throws IOException {
    if (length < FIXED) {
      throw damaged();
    }
    int height = BigEndian.uint16(file, start + 1);
    int width = BigEndian.uint16(file, start + 3);
    int components = file[start + 5] & 0xff;
    if (width == 0 || height == 0 || length < FIXED + COMPONENT * components) {
      throw damaged();
    }
    if (file[start] != 8) {
      throw new IOException(
          "is a JPEG of " + file[start] + " bits a sample; save it with 8 bits first");
    }
    int[] ids = new int[components];
    int[] sampling = new int[components];
    for (int i = 0; i < components; i++) {
      ids[i] = file[start + FIXED + COMPONENT * i] & 0xff;
      sampling[i] = file[start + FIXED + COMPONENT * i + 1] & 0xff;
    }
    return new JpegFrame(new Size(width, height), ids, sampling);
  }

  Size size() {
    return size;
  }

  int components() {
    return ids.length;
  }

  int[] componentIds() {
    return ids.clone();
  }

  /// Whether a component has all columns but only every other row.
  boolean halfRows(int component) {
    int columns = 0;
    int rows = 0;
    for (int factors : sampling) {
      columns = Math.max(columns, factors >> 4);
      rows = Math.max(rows, factors & 15);
    }
    return sampling[component] >> 4 == columns && 2 * (sampling[component] & 15) == rows;
  }

  private static IOException damaged() {
    return new IOException("is damaged (wrong JPEG frame header)");
  }
}
