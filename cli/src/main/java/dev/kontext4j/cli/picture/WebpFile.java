package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A WebP file: lossy, lossless, with alpha, or animated.
final class WebpFile implements PictureFile {
  private static final int RIFF_HEADER = 12;

  private final byte[] file;
  private final Size size;
  private final @Nullable RiffChunk firstFrame; // of an animation
  private final Metadata metadata = new Metadata();

  WebpFile(byte[] file) throws IOException {
    this.file = file;
    int end = 8 + RiffChunk.int32(file, 4);
    if (end < RIFF_HEADER || end > file.length) {
      throw new IOException("is truncated; copy or download it again");
    }
    List<RiffChunk> chunks = RiffChunk.scan(file, RIFF_HEADER, end);
    if (chunks.isEmpty()) {
      throw new IOException("is damaged (an empty WebP file)");
    }
    this.size = size(chunks.getFirst());
    this.firstFrame = chunks.stream().filter(c -> c.type().equals("ANMF")).findFirst().orElse(null);
    for (RiffChunk chunk : chunks) {
      switch (chunk.type()) {
        case "EXIF" -> metadata.addExif(chunk.bytes());
        case "XMP " -> metadata.addXmp(chunk.bytes());
        default -> {
          // pixels, for the decoder
        }
      }
    }
  }

  @Override
  public Size size() {
    return size;
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Picture decode(AlphaMode alpha) throws IOException {
    var canvas = new RgbCanvas(size, alpha);
    if (firstFrame == null) {
      put(canvas, WebpPixels.decode(file), 0, 0);
      return canvas.picture();
    }
    clear(canvas);
    int left = 2 * firstFrame.uint24(0);
    int top = 2 * firstFrame.uint24(3);
    requireInside(left + firstFrame.uint24(6) + 1, top + firstFrame.uint24(9) + 1);
    put(canvas, WebpPixels.decode(WebpStill.ofFrame(firstFrame)), left, top);
    return canvas.picture();
  }

  /// What the first frame leaves free is transparent black.
  private void clear(RgbCanvas canvas) {
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        canvas.put(x, y, 0, 0, 0, 0);
      }
    }
  }

  private void put(RgbCanvas canvas, BufferedImage frame, int left, int top) throws IOException {
    requireInside(left + frame.getWidth(), top + frame.getHeight());
    int[] row = new int[frame.getWidth()];
    for (int y = 0; y < frame.getHeight(); y++) {
      frame.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int x = 0; x < row.length; x++) {
        int argb = row[x];
        canvas.put(
            left + x, top + y, argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, argb >>> 24);
      }
    }
  }

  private void requireInside(int right, int bottom) throws IOException {
    if (right > size.width() || bottom > size.height()) {
      throw new IOException("is damaged (a frame is larger than its picture)");
    }
  }

  private static Size size(RiffChunk first) throws IOException {
    return switch (first.type()) {
      case "VP8X" -> new Size(first.uint24(4) + 1, first.uint24(7) + 1);
      case "VP8L" -> {
        int width = (first.uint16(1) & 0x3fff) + 1;
        int height = (first.uint24(2) >> 6 & 0x3fff) + 1;
        yield new Size(width, height);
      }
      case "VP8 " -> {
        int width = first.uint16(6) & 0x3fff;
        int height = first.uint16(8) & 0x3fff;
        if (width == 0 || height == 0) {
          throw new IOException("is damaged (its WebP header gives no size)");
        }
        yield new Size(width, height);
      }
      default -> throw new IOException("is damaged (no WebP header)");
    };
  }
}
