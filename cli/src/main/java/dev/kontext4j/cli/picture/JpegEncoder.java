package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Makes JPEG files with the libjpeg inside the JDK.
final class JpegEncoder {
  /// From here on colours are kept in full resolution, for who asks for so much sees edges of
  /// colours fray.
  private static final int FULL_COLOUR = 90;

  private static final String FORMAT = "javax_imageio_jpeg_image_1.0";
  private static final int MOST = 0xffff - 2; // bytes in a segment

  private JpegEncoder() {}

  static byte[] encode(Picture picture, Encoding.Jpeg how, Optional<String> note)
      throws IOException {
    byte[] plain = encode(RgbImage.of(picture), how);
    if (note.isEmpty()) {
      return plain;
    }
    int end = 4 + BigEndian.uint16(plain, 4); // of the start mark and the JFIF segment
    var file = new ByteArrayOutputStream();
    file.write(plain, 0, end);
    segment(file, "Exif\0\0", ExifNote.of(note.get()));
    segment(file, "http://ns.adobe.com/xap/1.0/\0", XmpNote.of(note.get()));
    file.write(plain, end, plain.length - end);
    return file.toByteArray();
  }

  /// Whether at least one of the two forms of a note fits into a segment.
  static boolean carries(String note) {
    int shorter = Math.min(ExifNote.of(note).length, XmpNote.of(note).length);
    return shorter + 64 <= MOST;
  }

  /// What is too long for a segment is left out; the shorter form of it may still be there.
  private static void segment(ByteArrayOutputStream file, String prefix, byte[] content) {
    int length = prefix.length() + content.length;
    if (length > MOST) {
      return;
    }
    file.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1});
    file.write((length + 2) >> 8);
    file.write(length + 2);
    file.writeBytes(prefix.getBytes(StandardCharsets.ISO_8859_1));
    file.writeBytes(content);
  }

  private static byte[] encode(BufferedImage image, Encoding.Jpeg how) throws IOException {
    ImageWriter writer = writer();
    var out = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(how.quality() / 100f);
      param.setProgressiveMode(
          how.progressive() ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), param);
      if (how.quality() >= FULL_COLOUR) {
        keepColours(metadata);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, metadata), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /// One sample of brightness for each of colour: the JDK has no other way to say so.
  private static void keepColours(IIOMetadata metadata) throws IIOInvalidTreeException {
    var root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    var brightness = (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
    brightness.setAttribute("HsamplingFactor", "1");
    brightness.setAttribute("VsamplingFactor", "1");
    metadata.setFromTree(FORMAT, root);
  }

  /// The JDK's own writer, whatever plug-ins are about.
  private static ImageWriter writer() {
    var writers = ImageIO.getImageWritersByFormatName("jpeg");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.imageio.")) {
        return writer;
      }
      writer.dispose();
    }
    throw new AssertionError("this Java runtime lacks its JPEG writer");
  }
}
