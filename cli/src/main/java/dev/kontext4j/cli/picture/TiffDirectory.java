package dev.kontext4j.cli.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The first directory of an EXIF block, which is a small TIFF file, and the directory of camera
/// settings that it points to. Where the block makes no sense, it has no entries.
final class TiffDirectory {
  private static final int CAMERA_SETTINGS = 0x8769; // where the second directory begins
  private static final String PREFIX = "Exif\0\0";
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final ByteBuffer tiff;
  private final Map<Integer, Value> values = new HashMap<>();

  private record Value(int type, int start, int length) {}

  /// @param block with or without the prefix that it has in JPEG files
  TiffDirectory(byte[] block) {
    boolean prefixed = new String(block, StandardCharsets.ISO_8859_1).startsWith(PREFIX);
    int start = prefixed ? PREFIX.length() : 0;
    tiff = ByteBuffer.wrap(block, start, block.length - start).slice();
    try {
      if (readOrder()) {
        readEntries(tiff.getInt(4));
        number(CAMERA_SETTINGS).ifPresent(this::readEntries);
      }
    } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException _) {
      return; // what was found so far
    }
  }

  /// The first of an entry's whole numbers.
  Optional<Integer> number(int tag) {
    Value value = values.get(tag);
    if (value == null || value.length == 0) {
      return Optional.empty();
    }
    return switch (value.type) {
      case SHORT -> Optional.of(Short.toUnsignedInt(tiff.getShort(value.start)));
      case LONG -> Optional.of(tiff.getInt(value.start));
      default -> Optional.empty();
    };
  }

  /// The bytes of a text or of something that is not described further.
  Optional<byte[]> bytes(int tag) {
    return Optional.ofNullable(values.get(tag))
        .map(value -> {
          byte[] bytes = new byte[value.length];
          tiff.get(value.start, bytes);
          return bytes;
        });
  }

  ByteOrder order() {
    return tiff.order();
  }

  private boolean readOrder() {
    switch (tiff.getShort(0)) {
      case 0x4949 -> tiff.order(ByteOrder.LITTLE_ENDIAN);
      case 0x4d4d -> tiff.order(ByteOrder.BIG_ENDIAN);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readEntries(int directory) {
    int count = Short.toUnsignedInt(tiff.getShort(directory));
    for (int i = 0; i < count; i++) {
      int entry = directory + 2 + 12 * i;
      int type = Short.toUnsignedInt(tiff.getShort(entry + 2));
      long length = Integer.toUnsignedLong(tiff.getInt(entry + 4)) * bytesOf(type);
      int start = length <= 4 ? entry + 8 : tiff.getInt(entry + 8);
      if (start >= 0 && start + length <= tiff.limit()) {
        values.putIfAbsent(
            Short.toUnsignedInt(tiff.getShort(entry)), new Value(type, start, (int) length));
      }
    }
  }

  private static int bytesOf(int type) {
    return type < TYPE_BYTES.length ? TYPE_BYTES[type] : 1;
  }
}
