package dev.kontext4j.hub.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.hub.lock.LockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WheelListTest {
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String LIST =
      """
      # cuda-1.2-torch-3.4
      # A remark.
      torch==3.4 --hash=sha256:%1$s  # torch-3.4-cp312-cp312-manylinux_2_28_x86_64.whl 100 300
      nvidia-a-cu13==1.2.3.4 --hash=sha256:%1$s  # nvidia_a_cu13-1.2.3.4-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl 20 50
      """
          .formatted(HASH);

  @Test
  void aListIsRead() {
    var list = WheelList.read("list", LIST);
    assertEquals("cuda-1.2-torch-3.4", list.name());
    assertEquals(120, list.bytes());
    assertEquals(120 + 350 + (64 << 20), list.room());
    assertEquals(
        List.of(
            "--implementation cp --abi cp312 --python-version 3.12",
            "--platform manylinux_2_28_x86_64 --platform manylinux2014_x86_64",
            "--platform manylinux_2_17_x86_64"),
        List.of(
            String.join(" ", list.target().limit(6).toList()),
            String.join(" ", list.target().skip(6).limit(4).toList()),
            String.join(" ", list.target().skip(10).toList())));
  }

  /// A line that pip would read and we do not count, or one without a hash, would make a runtime
  /// that nobody vouches for.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch==3.4",
        "torch --hash=sha256:HASH  # torch-3.4-cp312-cp312-any.whl 1 2",
        "torch==3.4 --hash=sha256:HASH",
        "torch==3.4 --hash=sha256:HASH  # torch-3.4-cp312-cp312-any.whl 1",
        "torch==3.4 --hash=md5:HASH  # torch-3.4-cp312-cp312-any.whl 1 2",
        "--index-url https://example.org",
        "-r others.txt",
        ""
      })
  void strangeLinesAreRefused(String line) {
    String text = "# name\n" + line.replace("HASH", HASH) + "\n";
    var e = assertThrows(LockException.class, () -> WheelList.read("my.txt", text));
    assertTrue(String.valueOf(e.getMessage()).startsWith("my.txt"), e.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "torch==3.4", "# ../name", "# .hidden", "# two words"})
  void aListNeedsAName(String first) {
    assertThrows(LockException.class, () -> WheelList.read("my.txt", first + "\n" + LIST));
  }

  /// For both kinds of Linux machines: torch and the same libraries for each, nothing of Python's.
  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64"})
  void thePackedListsAreWhole(String machine) throws IOException {
    String file = "cuda-linux-" + machine + ".txt";
    try (var in = WheelList.class.getResourceAsStream(file)) {
      var list = WheelList.read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      assertEquals("cuda-13.0.2-torch-2.11.0", list.name());
      assertEquals(15, list.wheels().size());
      assertTrue(list.wheels().stream().allMatch(wheel -> wheel.file().endsWith(machine + ".whl")));
      assertTrue(
          list.wheels().stream()
              .allMatch(wheel -> wheel.requirement().matches("(torch|nvidia-[a-z0-9-]+)==.*")));
      assertTrue(list.bytes() > 2_000_000_000L && list.bytes() < 3_000_000_000L);
    }
  }
}
