package dev.kontext4j.cli.picture;

import java.io.IOException;

/// The coded pixels of a JPEG file, which are only walked over here.
final class JpegScans {
  private JpegScans() {}

  /// Walks over the scans. The decoder would fill in what a truncated file lacks; the end mark
  /// tells.
  static void requireEnd(byte[] file, int scan) throws IOException {
    int at = scan;
    while (at + 3 < file.length) {
      at += 2 + BigEndian.uint16(file, at + 2);
      while (at + 1 < file.length && !markerAt(file, at)) {
        at++; // coded data
      }
      if (at + 1 < file.length && file[at + 1] == (byte) 0xd9) {
        return;
      }
    }
    throw truncated();
  }

  /// Data bytes of 255 are followed by 0; restart marks are part of the data.
  private static boolean markerAt(byte[] file, int at) {
    int second = file[at + 1] & 0xff;
    boolean inData = second == 0 || second == 0xff || (second & 0xf8) == 0xd0;
    return file[at] == (byte) 0xff && !inData;
  }

  static IOException truncated() {
    return new IOException("is truncated; copy or download it again");
  }
}
