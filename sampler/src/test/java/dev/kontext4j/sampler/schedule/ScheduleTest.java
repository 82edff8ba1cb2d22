package dev.kontext4j.sampler.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every float must be diffusers'; `tools/reference/sampler_goldens.py` wrote the goldens.
class ScheduleTest {

  static List<String> goldens() throws IOException {
    try (InputStream in = ScheduleTest.class.getResourceAsStream("schedules.txt")) {
      if (in == null) {
        throw new IOException("no test resource schedules.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void sigmasAndTimestepsAreDiffusers(String line) throws NoSuchAlgorithmException {
    String[] parts = line.split(" ", -1);
    var config = SchedulerConfig.from(settings(parts[0]));
    Schedule schedule = schedule(config, parts[1], Integer.parseInt(parts[2]));
    assertEquals(parts[3], bits(schedule.sigmas()), "sigmas");
    assertEquals(parts[4], bits(schedule.timesteps()), "timesteps");
  }

  @Test
  void oneStepGoesFromPureNoiseToNone() {
    Schedule schedule = Schedule.of(SchedulerConfig.defaults(), 1, 4096);
    assertEquals(1, schedule.steps());
    assertEquals(1f, schedule.sigma(0));
    assertEquals(1000f, schedule.timestep(0));
    assertEquals(-1f, schedule.dt(0));
  }

  @Test
  void nonsenseIsRefused() {
    var config = SchedulerConfig.defaults();
    assertThrows(IllegalArgumentException.class, () -> Schedule.of(config, 0, 4096));
    assertThrows(IllegalArgumentException.class, () -> Schedule.of(config, new double[0], 4096));
    assertThrows(
        IllegalArgumentException.class,
        () -> Schedule.of(config, new double[] {1, Double.NaN}, 4096));
  }

  @Test
  void aTerminalShiftCannotBeReachedInOneStep() {
    var config = SchedulerConfig.from(Map.of("shift_terminal", 0.1));
    assertThrows(IllegalArgumentException.class, () -> Schedule.of(config, 1, 4096));
  }

  private static Schedule schedule(SchedulerConfig config, String asked, int tokens) {
    String value = asked.substring(asked.indexOf('=') + 1);
    if (asked.startsWith("steps=")) {
      return Schedule.of(config, Integer.parseInt(value), tokens);
    }
    double[] sigmas = Stream.of(value.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    return Schedule.of(config, sigmas, tokens);
  }

  private static Map<String, Object> settings(String text) {
    var fields = new TreeMap<String, Object>();
    if (!text.equals("-")) {
      for (String setting : text.split(",", -1)) {
        int equals = setting.indexOf('=');
        fields.put(setting.substring(0, equals), value(setting.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static Object value(String text) {
    return switch (text) {
      case "True" -> true;
      case "False" -> false;
      case "linear" -> text;
      default -> Double.valueOf(text);
    };
  }

  /// Short lists in full, long ones as a hash, as in the goldens.
  private static String bits(float[] values) throws NoSuchAlgorithmException {
    if (values.length <= 13) {
      return IntStream.range(0, values.length)
          .mapToObj(i -> HexFormat.of().toHexDigits(Float.floatToRawIntBits(values[i])))
          .collect(Collectors.joining(","));
    }
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
