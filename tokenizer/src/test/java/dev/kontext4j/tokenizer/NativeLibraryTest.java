package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {
  @TempDir Path root = Path.of("");

  /// What [#freshProcessesStartAtOnceInSilence] starts.
  static final class Program {
    private Program() {}

    static void main() {
      try (var clip = TinyTokenizers.open("clip");
          var t5 = TinyTokenizers.open("t5")) {
        clip.encode("a cat");
        t5.encode("a cat");
      }
    }
  }

  @Test
  void freshProcessesStartAtOnceInSilence() throws IOException, InterruptedException {
    Path cache = root.resolve("cache");
    Path unwritable = Files.writeString(root.resolve("file"), "no folder");
    for (var process : List.of(start(cache), start(cache), start(unwritable))) {
      assertEquals("", text(process.getInputStream()));
      assertEquals(0, process.waitFor());
    }
    try (var unpacked = Files.list(cache.resolve("kontext4j").resolve("natives"))) {
      assertEquals(1, unpacked.count());
    }
  }

  @Test
  void theLoggingAndNetworkingHalfOfDjlIsNotThere() {
    for (var name : List.of("org.slf4j.Logger", "ai.djl.util.Ec2Utils", "com.sun.jna.Native")) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-aarch64",
    "Mac OS X, aarch64, osx-aarch64",
    "Windows 11, amd64, win-x86_64",
  })
  void platformsHaveDjlsNames(String os, String arch, String platform) {
    assertEquals(platform, NativeLibrary.platform(os, arch));
  }

  private static Process start(Path cache) throws IOException {
    var builder =
        new ProcessBuilder(
            Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Xmx128m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Program.class.getName())
                .toList());
    builder.environment().put(NativeCache.VARIABLE, cache.toString());
    return builder.redirectErrorStream(true).start();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
