package dev.kontext4j.cli.picture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.picture.PictureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is no picture, or not a whole one, is refused in one line that begins with its name.
class RefusedPicturesTest {
  private static final PictureReader READER = new PictureReader(AlphaMode.WHITE);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "47494638396100010001, GIF",
    "49492a000800000000, TIFF",
    "000000186674797068656963000000006d696631, HEIC",
    "000000206674797061766966000000006d696631, AVIF",
    "424d460000000000000036000000, BMP",
    "0000000c4a584c200d0a870a, JPEG XL",
    "0000000c6a5020200d0a870a, JPEG 2000",
    "255044462d312e37, PDF",
  })
  void otherFormatsAreNamed(String hex, String name) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertRefused(bytes, "is a " + name);
  }

  @Test
  void whatIsNoPictureIsRefused() {
    assertRefused(new byte[0], "is empty");
    assertRefused("just a text".getBytes(StandardCharsets.UTF_8), "is not a picture");
  }

  @Test
  void filesAreCheckedToo() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "hello");
    assertRefusedFile(text, "is not a picture");
    assertRefusedFile(Files.createFile(folder.resolve("nothing.png")), "is empty");
    assertRefusedFile(folder.resolve("absent.png"), "does not exist");
    assertRefusedFile(folder, "is a folder");
  }

  @Test
  void aGiantIsRefusedByItsHeader() {
    assertRefused(PngHeaders.of(30_000, 30_000), "900.0 megapixels");
    assertRefused(PngHeaders.of(40_000, 2), "at most 32768 a side");
  }

  @Test
  void aGiantJpegAndWebpToo() throws IOException {
    byte[] jpeg = Samples.bytes("16x16-444.jpg");
    int frame = indexOf(jpeg, (byte) 0xff, (byte) 0xc0);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 30_000).putShort(frame + 7, (short) 30_000);
    assertRefused(jpeg, "900.0 megapixels");
    byte[] webp = Samples.bytes("lossy-alpha.webp");
    Arrays.fill(webp, 24, 30, (byte) 0x40);
    assertRefused(webp, "megapixels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "33x17-420.jpg",
        "progressive-420.jpg",
        "grey.jpg",
        "rgb.png",
        "palette.png",
        "lossy-60.webp",
        "lossless.webp",
        "animated.webp"
      })
  void truncatedFilesAreRefused(String name) throws IOException {
    byte[] whole = Samples.bytes(name);
    int spare = name.endsWith(".png") ? 30 : 1; // a PNG's end mark and checksums hold no pixels
    for (int length = 0; length <= whole.length - spare; length += 1 + length / 40) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
    assertRefused(Arrays.copyOf(whole, whole.length - spare), "");
  }

  @Test
  void wrongChecksumsAreRefused() throws IOException {
    byte[] png = Samples.bytes("rgb.png");
    png[png.length / 2] ^= 1;
    assertRefused(png, "wrong checksum");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "33x17-420.jpg",
        "progressive-420.jpg",
        "cmyk.jpg",
        "orientation-6.jpg",
        "palette-alpha.png",
        "raw-profile.png",
        "colour6-depth16-interlaced.png",
        "lossy-alpha.webp",
        "lossless.webp",
        "animated.webp",
        "orientation-6.webp"
      })
  void damagedFilesAreReadOrRefusedButNothingElse(String name) throws IOException {
    byte[] whole = Samples.bytes(name);
    var random = new Random(name.hashCode());
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        new PictureReader(AlphaMode.WHITE, new PictureLimits(2000, 1_000_000)).read("x", damaged);
      } catch (PictureException e) {
        assertOneLine(e, "x ");
      }
    }
  }

  private static void assertRefused(byte[] bytes, String part) {
    var e = assertThrows(PictureException.class, () -> READER.read("holiday.png", bytes));
    assertOneLine(e, "holiday.png ");
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  private static void assertRefusedFile(Path file, String part) {
    var e = assertThrows(PictureException.class, () -> READER.read(file));
    assertOneLine(e, file + " ");
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  private static void assertOneLine(PictureException e, String start) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(start), message);
    assertFalse(message.contains("\n"), message);
  }

  private static int indexOf(byte[] bytes, byte first, byte second) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == first && bytes[i + 1] == second) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}
