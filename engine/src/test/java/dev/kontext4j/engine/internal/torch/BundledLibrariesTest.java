package dev.kontext4j.engine.internal.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first start on a machine, when nothing is unpacked yet, by several processes at once.
class BundledLibrariesTest {
  @TempDir private Path cache;

  @Test
  void twoProcessesMayUnpackAtOnce() throws IOException, InterruptedException {
    var processes = List.of(start(), start());
    for (Process process : processes) {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      assertEquals("3.0", said.strip());
    }
  }

  private Process start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
                Stream.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstTensor.class.getName())
                    .toList())
            .redirectErrorStream(true);
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    return builder.start();
  }

  /// What such a process does.
  static final class FirstTensor {
    private FirstTensor() {}

    public static void main(String[] arguments) {
      try (var _ = Scope.open()) {
        System.out.println(Tensor.of(new float[] {1}, 1).add(2).toFloats()[0]);
      }
    }
  }
}
