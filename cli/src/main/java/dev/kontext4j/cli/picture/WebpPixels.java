package dev.kontext4j.cli.picture;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Decodes a WebP file that holds one picture, with libwebp.
final class WebpPixels {
  private WebpPixels() {}

  /// Colours are not multiplied by alpha.
  static BufferedImage decode(byte[] file) throws IOException {
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException | RuntimeException e) {
      throw new IOException("is truncated or damaged (" + e.getMessage() + ")", e);
    } catch (OutOfMemoryError e) {
      if (e.getMessage() != null) {
        throw e;
      }
      throw new IOException(
          "is truncated or damaged", e); // how the decoder's JNI code reports failure
    } catch (LinkageError e) {
      throw new IOException(
          "is a WebP picture, whose decoder does not run on this machine; save it as PNG first", e);
    } finally {
      reader.dispose();
    }
  }
}
