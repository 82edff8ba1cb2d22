package dev.kontext4j.cli.picture;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import dev.kontext4j.sampler.picture.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Makes WebP files with libwebp.
final class WebpEncoder {
  private static final int RIFF_HEADER = 12;
  private static final int HAS_EXIF = 8;
  private static final int HAS_XMP = 4;

  private WebpEncoder() {}

  static byte[] encode(Picture picture, Optional<Integer> quality, Optional<String> note)
      throws IOException {
    byte[] plain = encode(picture, quality);
    return note.isEmpty() ? plain : extended(picture, plain, note.get());
  }

  private static byte[] encode(Picture picture, Optional<Integer> quality) throws IOException {
    ImageWriter writer = new WebPImageWriterSpi().createWriterInstance(null);
    var out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      var param = new WebPWriteParam(Locale.ROOT);
      param.setCompressionType(
          quality.isPresent() ? CompressionType.Lossy : CompressionType.Lossless);
      param.setCompressionQuality(quality.orElse(75) / 100f); // lossless: how hard to try
      writer.setOutput(stream);
      writer.write(null, new IIOImage(RgbImage.of(picture), null, null), param);
    } catch (LinkageError e) {
      throw new IOException("the WebP encoder does not run on this machine; take PNG instead", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /// The file in the format's larger form, which has room for more than pixels.
  private static byte[] extended(Picture picture, byte[] plain, String note) {
    var chunks = new ByteArrayOutputStream();
    chunks.writeBytes(chunk("VP8X", flagsAndSize(picture)));
    chunks.writeBytes(Arrays.copyOfRange(plain, RIFF_HEADER, plain.length));
    chunks.writeBytes(chunk("EXIF", ExifNote.of(note)));
    chunks.writeBytes(chunk("XMP ", XmpNote.of(note)));
    byte[] content = chunks.toByteArray();
    var file = new ByteArrayOutputStream();
    file.writeBytes(ascii("RIFF"));
    file.writeBytes(littleEndian(4 + content.length, 4));
    file.writeBytes(ascii("WEBP"));
    file.writeBytes(content);
    return file.toByteArray();
  }

  private static byte[] flagsAndSize(Picture picture) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(littleEndian(HAS_EXIF | HAS_XMP, 4));
    content.writeBytes(littleEndian(picture.width() - 1, 3));
    content.writeBytes(littleEndian(picture.height() - 1, 3));
    return content.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    var chunk = new ByteArrayOutputStream();
    chunk.writeBytes(ascii(type));
    chunk.writeBytes(littleEndian(content.length, 4));
    chunk.writeBytes(content);
    chunk.writeBytes(new byte[content.length & 1]); // padded to an even length
    return chunk.toByteArray();
  }

  private static byte[] littleEndian(int number, int bytes) {
    byte[] lowestFirst = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      lowestFirst[i] = (byte) (number >> (8 * i));
    }
    return lowestFirst;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
