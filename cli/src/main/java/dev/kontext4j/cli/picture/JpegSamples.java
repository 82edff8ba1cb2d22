package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Size;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// The samples of a JPEG picture, decoded by the libjpeg inside the JDK: the same inverse transform
/// and the same smooth chroma upsampling as in libjpeg-turbo, hence the same numbers.
final class JpegSamples {
  private JpegSamples() {}

  /// Pixel by pixel, without any conversion of colours.
  static byte[] decode(byte[] file, Size size, int components) throws IOException {
    ImageReader reader = reader();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      Raster raster = reader.readRaster(0, null);
      byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
      if (samples.length != (long) size.width() * size.height() * components) {
        throw new IOException("is damaged (its JPEG headers contradict each other)");
      }
      return samples;
    } catch (RuntimeException e) {
      throw new IOException("is damaged (" + e.getMessage() + ")", e);
    } finally {
      reader.dispose();
    }
  }

  /// The JDK's own reader, whatever plug-ins are about.
  private static ImageReader reader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
      reader.dispose();
    }
    throw new AssertionError("this Java runtime lacks its JPEG reader");
  }
}
