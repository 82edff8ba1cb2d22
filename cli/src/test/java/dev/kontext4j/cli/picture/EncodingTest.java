package dev.kontext4j.cli.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.picture.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodingTest {
  private static final String NOTE = "{\"prompt\":\"grün < blau & \\\"größer\\\" ]]> 🦊\"}";
  private static final Encoding.Jpeg JPEG = new Encoding.Jpeg(90, false);

  static List<Encoding> all() {
    return List.of(
        new Encoding.Png(),
        JPEG,
        new Encoding.Jpeg(80, true),
        new Encoding.Webp(Optional.of(80)),
        new Encoding.Webp(Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theNoteIsReadBack(Encoding encoding) throws IOException {
    byte[] file = encoding.encode(hills(50, 31), Optional.of(NOTE));
    assertEquals(Optional.of(NOTE), Metadata.of("out", file).note());
    byte[] plain = encoding.encode(hills(50, 31), Optional.empty());
    assertEquals(Optional.empty(), Metadata.of("out", plain).note());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theNoteChangesNoPixel(Encoding encoding) throws IOException {
    byte[] file = encoding.encode(hills(51, 32), Optional.of(NOTE));
    byte[] plain = encoding.encode(hills(51, 32), Optional.empty());
    assertEquals(read(plain), read(file));
  }

  @ParameterizedTest
  @MethodSource("all")
  void thePictureIsNear(Encoding encoding) throws IOException {
    Picture picture = hills(64, 48);
    double psnr = psnr(picture, read(encoding.encode(picture, Optional.empty())));
    assertTrue(psnr > 32, encoding + ": " + psnr + " dB");
  }

  @Test
  void whatIsWithoutLossIsWithoutLoss() throws IOException {
    for (var encoding : List.of(new Encoding.Png(), new Encoding.Webp(Optional.empty()))) {
      for (var picture : List.of(hills(1, 1), hills(3, 50), hills(64, 33))) {
        assertEquals(picture, read(encoding.encode(picture, Optional.of(NOTE))));
      }
    }
  }

  @Test
  void moreQualityMeansMoreBytes() throws IOException {
    assertTrue(jpeg(30, false).length < jpeg(80, false).length);
    assertTrue(jpeg(80, false).length < jpeg(100, false).length);
    assertTrue(webp(30).length < webp(90).length);
  }

  @Test
  void highQualityKeepsColoursInFull() throws IOException {
    assertEquals(0x22, sampling(jpeg(89, false)));
    assertEquals(0x11, sampling(jpeg(90, false)));
  }

  @Test
  void progressive() throws IOException {
    assertTrue(frame(jpeg(90, true)) == 0xc2 && frame(jpeg(90, false)) == 0xc0);
  }

  @Test
  void aNoteThatIsTooLongForJpegIsLeftOut() throws IOException {
    String long40 = "x".repeat(40_000); // too long for EXIF, whose letters have two bytes
    assertEquals(Optional.of(long40), noteInJpeg(long40));
    assertEquals(Optional.empty(), noteInJpeg("x".repeat(70_000)));
  }

  @Test
  void theSamePictureGivesTheSameBytes() throws IOException {
    for (Encoding encoding : all()) {
      byte[] first = encoding.encode(hills(40, 30), Optional.of(NOTE));
      assertArrayEquals(first, encoding.encode(hills(40, 30), Optional.of(NOTE)));
    }
  }

  @Test
  void exifAloneIsEnough() throws IOException {
    byte[] file = JPEG.encode(hills(20, 20), Optional.of(NOTE));
    var texts = Metadata.of("out", file).texts();
    assertEquals("kontext4j", texts.get("Software"));
    assertEquals(NOTE, texts.get("UserComment"));
    assertFalse(String.valueOf(texts.get("XMP")).contains("< blau"));
  }

  private static Optional<String> noteInJpeg(String note) throws IOException {
    return Metadata.of("out", JPEG.encode(hills(20, 20), Optional.of(note))).note();
  }

  private static byte[] jpeg(int quality, boolean progressive) throws IOException {
    return new Encoding.Jpeg(quality, progressive).encode(hills(64, 64), Optional.empty());
  }

  private static byte[] webp(int quality) throws IOException {
    return new Encoding.Webp(Optional.of(quality)).encode(hills(64, 64), Optional.empty());
  }

  private static int frame(byte[] jpeg) {
    return jpeg[frameStart(jpeg) + 1] & 0xff;
  }

  /// The sampling factors of the first component.
  private static int sampling(byte[] jpeg) {
    return jpeg[frameStart(jpeg) + 11] & 0xff;
  }

  private static int frameStart(byte[] jpeg) {
    return Stream.iterate(2, at -> at + 2 + BigEndian.uint16(jpeg, at + 2))
        .filter(at -> List.of(0xc0, 0xc2).contains(jpeg[at + 1] & 0xff))
        .findFirst()
        .orElseThrow();
  }

  private static Picture read(byte[] file) {
    return new PictureReader(AlphaMode.WHITE).read("out", file);
  }

  private static Picture hills(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      rgb[i] = (byte) (128 + 100 * Math.sin(x / 11.0 + i % 3) * Math.cos(y / 13.0));
    }
    return new Picture(width, height, rgb);
  }

  private static double psnr(Picture a, Picture b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      int difference = (a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff);
      sum += difference * difference;
    }
    return 10 * Math.log10(255 * 255 / (sum / a.rgb().length + 1e-9));
  }

  /// None of these is a note, and to find that out must cost next to nothing.
  @Test
  void hostileMetadata() throws IOException {
    byte[] png = new Encoding.Png().encode(hills(8, 8), Optional.empty());
    String tag = "<kontext4j:recipe>";
    var xmp = chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0" + tag.repeat(60_000));
    var profile = chunk("tEXt", "Raw profile type exif\0\nexif\n9\n" + "a\n".repeat(400_000));
    for (byte[] chunk : List.of(xmp, profile)) {
      byte[] file = inserted(png, chunk);
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            assertEquals(Optional.empty(), Metadata.of("x", file).note());
            assertEquals(hills(8, 8), read(file));
          });
    }
  }

  @Test
  void aLongNoteDoesNotGoIntoAJpeg() throws IOException {
    String letters = "\u00fc".repeat(40_000);
    assertFalse(JPEG.carries(letters));
    assertTrue(new Encoding.Png().carries(letters));
    assertTrue(JPEG.carries("a".repeat(60_000)));
    byte[] file = JPEG.encode(hills(8, 8), Optional.of("a".repeat(60_000)));
    assertEquals(60_000, Metadata.of("x", file).note().orElseThrow().length());
  }

  /// A PNG file with a chunk more, behind its header.
  private static byte[] inserted(byte[] png, byte[] chunk) {
    int header = 8 + 25;
    var file = new ByteArrayOutputStream();
    file.write(png, 0, header);
    file.writeBytes(chunk);
    file.write(png, header, png.length - header);
    return file.toByteArray();
  }

  private static byte[] chunk(String type, String content) {
    byte[] bytes = (type + content).getBytes(StandardCharsets.ISO_8859_1);
    var sum = new CRC32();
    sum.update(bytes);
    return ByteBuffer.allocate(8 + bytes.length)
        .putInt(content.length())
        .put(bytes)
        .putInt((int) sum.getValue())
        .array();
  }
}
