package dev.kontext4j.cli.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A note as an EXIF block: the program's name and, as the user's comment, the text.
final class ExifNote {
  private static final byte[] SOFTWARE = "kontext4j\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UTF_16 = "UNICODE\0".getBytes(StandardCharsets.US_ASCII);
  private static final int ENTRY = 12;

  private ExifNote() {}

  /// A TIFF header, then the first directory with two entries, the second with one, then what is
  /// too long for an entry.
  static byte[] of(String note) {
    byte[] comment = note.getBytes(StandardCharsets.UTF_16BE); // in the order of the header
    int first = 8;
    int second = first + 2 + 2 * ENTRY + 4;
    int software = second + 2 + ENTRY + 4;
    int userComment = software + SOFTWARE.length;
    int commentLength = UTF_16.length + comment.length;
    var tiff = ByteBuffer.allocate(userComment + commentLength);
    tiff.put(new byte[] {'M', 'M', 0, 42}).putInt(first);
    tiff.putShort((short) 2);
    entry(tiff, 0x0131, 2, SOFTWARE.length, software);
    entry(tiff, 0x8769, 4, 1, second);
    tiff.putInt(0); // no third directory
    tiff.putShort((short) 1);
    entry(tiff, 0x9286, 7, commentLength, userComment);
    tiff.putInt(0);
    return tiff.put(SOFTWARE).put(UTF_16).put(comment).array();
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
