package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;

/// What a PNG file's first chunk says.
record PngHeader(Size size, int depth, Colour colour, boolean interlaced) {

  /// The kinds of pixel, in the order of their numbers 0, 2, 3, 4, 6.
  enum Colour {
    GREY(1, 1 | 2 | 4 | 8 | 16),
    RGB(3, 8 | 16),
    PALETTE(1, 1 | 2 | 4 | 8),
    GREY_ALPHA(2, 8 | 16),
    RGB_ALPHA(4, 8 | 16);

    private final int channels;
    private final int depths; // powers of two, so that a set of them is their sum

    Colour(int channels, int depths) {
      this.channels = channels;
      this.depths = depths;
    }

    int channels() {
      return channels;
    }

    private boolean allows(int depth) {
      return Integer.bitCount(depth) == 1 && (depths & depth) != 0;
    }
  }

  static PngHeader read(byte[] file) throws IOException {
    int at = 16; // behind the signature and the first chunk's length and type
    if (file.length < at + 13 || BigEndian.int32(file, 12) != 0x49484452) {
      throw new IOException("is truncated or damaged (no PNG header)");
    }
    int width = BigEndian.int32(file, at);
    int height = BigEndian.int32(file, at + 4);
    if (width < 1 || height < 1) {
      throw new IOException("is damaged (its PNG header gives no size)");
    }
    int depth = file[at + 8];
    Colour colour =
        switch (file[at + 9]) {
          case 0 -> Colour.GREY;
          case 2 -> Colour.RGB;
          case 3 -> Colour.PALETTE;
          case 4 -> Colour.GREY_ALPHA;
          case 6 -> Colour.RGB_ALPHA;
          default -> throw new IOException("is damaged (unknown PNG colour type)");
        };
    boolean known = file[at + 10] == 0 && file[at + 11] == 0 && (file[at + 12] & ~1) == 0;
    if (!known || !colour.allows(depth)) {
      throw new IOException("is damaged (impossible PNG header)");
    }
    return new PngHeader(new Size(width, height), depth, colour, file[at + 12] == 1);
  }

  /// The bytes of so many pixels in a row.
  int rowBytes(int pixels) {
    return (int) (((long) pixels * depth * colour.channels() + 7) / 8);
  }

  /// How far the filters look back: the bytes of a pixel, at least one.
  int pixelBytes() {
    return Math.max(1, depth * colour.channels() / 8);
  }
}
