package dev.kontext4j.cli.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Collects what a file's metadata says about orientation: EXIF first, else XMP, as in Pillow.
/// Metadata that makes no sense says nothing.
final class OrientationTag {
  private static final int ORIENTATION = 0x0112;
  private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private int exif;
  private int xmp;

  /// Takes what an EXIF block says, unless one has spoken before.
  ///
  /// @param block an EXIF block, which is a TIFF header and its directory, with or without "Exif"
  ///   before it
  void readExif(byte[] block) {
    boolean prefixed =
        block.length > 6
            && block[0] == 'E'
            && block[1] == 'x'
            && block[2] == 'i'
            && block[3] == 'f';
    int start = prefixed ? 6 : 0;
    if (exif == 0) {
      try {
        exif = firstDirectory(ByteBuffer.wrap(block, start, block.length - start).slice());
      } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException _) {
        exif = 0;
      }
    }
  }

  void readXmp(byte[] block) {
    Matcher matcher = XMP.matcher(new String(block, StandardCharsets.ISO_8859_1));
    if (xmp == 0 && matcher.find()) {
      xmp = Integer.parseInt(matcher.group(1));
    }
  }

  Orientation orientation() {
    return Orientation.ofExif(exif != 0 ? exif : xmp);
  }

  private static int firstDirectory(ByteBuffer tiff) {
    switch (tiff.getShort(0)) {
      case 0x4949 -> tiff.order(ByteOrder.LITTLE_ENDIAN);
      case 0x4d4d -> tiff.order(ByteOrder.BIG_ENDIAN);
      default -> {
        return 0;
      }
    }
    int entries = tiff.getInt(4);
    int count = Short.toUnsignedInt(tiff.getShort(entries));
    for (int i = 0; i < count; i++) {
      int entry = entries + 2 + 12 * i;
      if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
        return tiff.getShort(entry + 2) == 4 // type 4 is a long, else it is a short
            ? tiff.getInt(entry + 8)
            : Short.toUnsignedInt(tiff.getShort(entry + 8));
      }
    }
    return 0;
  }
}
