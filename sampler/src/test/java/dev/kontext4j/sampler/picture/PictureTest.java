package dev.kontext4j.sampler.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PictureTest {

  @Test
  void aPictureIsItsSizeAndItsBytes() {
    var picture = new Picture(1, 2, new byte[] {1, 2, 3, 4, 5, (byte) 250});
    assertEquals(250, picture.value(0, 1, 2));
    assertEquals(picture, new Picture(1, 2, picture.rgb().clone()));
  }

  @Test
  void bytesMustFitTheSize() {
    assertThrows(PictureException.class, () -> new Picture(2, 2, new byte[11]));
    assertThrows(PictureException.class, () -> new Picture(0, 2, new byte[0]));
  }
}
