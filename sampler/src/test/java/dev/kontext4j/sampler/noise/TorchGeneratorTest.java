package dev.kontext4j.sampler.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The numbers must be those of `torch.randn`; `tools/reference/sampler_goldens.py` wrote the
/// goldens.
class TorchGeneratorTest {

  @ParameterizedTest
  @EnumSource
  void everyNumberIsTorchs(NoiseType type) throws IOException {
    float[] expected = golden(type.name().toLowerCase(Locale.ROOT) + "-42-1500.f32");
    float[] actual = new TorchGenerator(42).normal(expected.length, type);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(expected[i]),
          Float.floatToRawIntBits(actual[i]),
          "number %d: expected %s, got %s".formatted(i, expected[i], actual[i]));
    }
  }

  static List<String> draws() throws IOException {
    try (InputStream in = resource("draws.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("draws")
  void successiveDrawsAreTorchs(String line) throws NoSuchAlgorithmException {
    String[] parts = line.split(" ", -1);
    var type = NoiseType.valueOf(parts[0]);
    var generator = new TorchGenerator(Long.parseLong(parts[1]));
    int[] lengths = Stream.of(parts[2].split(",", -1)).mapToInt(Integer::parseInt).toArray();
    String[] hashes = parts[3].split(",", -1);
    for (int i = 0; i < lengths.length; i++) {
      assertEquals(hashes[i], sha256(generator.normal(lengths[i], type)), "draw " + i);
    }
  }

  @Test
  void onlyTheLowHalfOfTheSeedCounts() {
    assertArrayEquals(
        new TorchGenerator(5).normal(40, NoiseType.F32),
        new TorchGenerator((7L << 32) + 5).normal(40, NoiseType.F32));
  }

  @Test
  void anEmptyDrawTakesNothing() {
    var generator = new TorchGenerator(1);
    assertEquals(0, generator.normal(0, NoiseType.F32).length);
    assertArrayEquals(
        new TorchGenerator(1).normal(20, NoiseType.F32), generator.normal(20, NoiseType.F32));
  }

  @Test
  void theNoiseOfAMegapixelTakesMilliseconds() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long start = System.nanoTime();
      new TorchGenerator(i).normal(16 * 128 * 128, NoiseType.F32);
      best = Math.min(best, System.nanoTime() - start);
    }
    long millis = best / 1_000_000;
    assertTrue(millis < 200, () -> "took " + millis + " ms");
  }

  private static String sha256(float[] values) throws NoSuchAlgorithmException {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }

  private static float[] golden(String name) throws IOException {
    try (InputStream in = resource(name)) {
      var floats =
          ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] values = new float[floats.remaining()];
      floats.get(values);
      return values;
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = TorchGeneratorTest.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("no test resource " + name);
    }
    return in;
  }
}
