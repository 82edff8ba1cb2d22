package dev.kontext4j.cli.picture;

import java.io.IOException;

/// Turns a PNG picture's samples into 8-bit colours with alpha. 16-bit samples give their high
/// byte; fewer than 8 bits are stretched to the whole range.
final class PngColours {
  private static final int[] NO_KEY = {-1, -1, -1};

  private final PngHeader header;
  private final byte[] palette;
  private final byte[] paletteAlpha;
  private final int[] key;

  PngColours(PngHeader header, byte[] palette, byte[] transparency) throws IOException {
    this.header = header;
    this.palette = palette;
    boolean indexed = header.colour() == PngHeader.Colour.PALETTE;
    if (indexed && palette.length < 3) {
      throw new IOException("is damaged (no palette)");
    }
    this.paletteAlpha = indexed ? transparency : new byte[0];
    this.key = indexed ? NO_KEY : key(header.colour().channels(), transparency);
  }

  /// Puts pixel `i` of a row on the canvas.
  void put(RgbCanvas canvas, byte[] row, int i, int x, int y) {
    int at = i * header.colour().channels();
    int first = sample(row, at);
    switch (header.colour()) {
      case GREY -> {
        int grey = level(first);
        canvas.put(x, y, grey, grey, grey, first == key[0] ? 0 : 255);
      }
      case GREY_ALPHA -> {
        int grey = level(first);
        canvas.put(x, y, grey, grey, grey, level(sample(row, at + 1)));
      }
      case RGB -> {
        int green = sample(row, at + 1);
        int blue = sample(row, at + 2);
        boolean hidden = first == key[0] && green == key[1] && blue == key[2];
        canvas.put(x, y, level(first), level(green), level(blue), hidden ? 0 : 255);
      }
      case RGB_ALPHA ->
          canvas.put(
              x,
              y,
              level(first),
              level(sample(row, at + 1)),
              level(sample(row, at + 2)),
              level(sample(row, at + 3)));
      case PALETTE -> putIndexed(canvas, first, x, y);
    }
  }

  /// An index beyond the palette is black, as in Pillow.
  private void putIndexed(RgbCanvas canvas, int index, int x, int y) {
    int opacity = index < paletteAlpha.length ? paletteAlpha[index] & 0xff : 255;
    int at = 3 * index;
    if (at + 2 < palette.length) {
      canvas.put(x, y, palette[at] & 0xff, palette[at + 1] & 0xff, palette[at + 2] & 0xff, opacity);
    } else {
      canvas.put(x, y, 0, 0, 0, opacity);
    }
  }

  private int sample(byte[] row, int i) {
    int depth = header.depth();
    if (depth == 8) {
      return row[i] & 0xff;
    }
    if (depth == 16) {
      return BigEndian.uint16(row, 2 * i);
    }
    int bit = i * depth;
    return (row[bit / 8] & 0xff) >> (8 - depth - bit % 8) & ((1 << depth) - 1);
  }

  private int level(int sample) {
    int depth = header.depth();
    return depth == 8 ? sample : depth == 16 ? sample >> 8 : sample * 255 / ((1 << depth) - 1);
  }

  /// The one colour that counts as transparent, if the file names one.
  private static int[] key(int channels, byte[] transparency) {
    if (transparency.length < 2 * channels || channels % 2 == 0) {
      return NO_KEY;
    }
    int[] key = NO_KEY.clone();
    for (int c = 0; c < channels; c++) {
      key[c] = BigEndian.uint16(transparency, 2 * c);
    }
    return key;
  }
}
