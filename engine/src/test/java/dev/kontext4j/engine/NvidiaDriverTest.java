package dev.kontext4j.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaDriverTest {
  @TempDir Path root;

  private void touch(String file) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.createFile(path);
  }

  private boolean seemsThere(Map<String, String> variables) {
    return NvidiaDriver.seemsThere(root, variables);
  }

  @Test
  void theKernelHasOne() throws IOException {
    assertFalse(seemsThere(Map.of()));
    touch("proc/driver/nvidia/version");
    assertTrue(seemsThere(Map.of()));
    assertTrue(seemsThere(Map.of("CUDA_VISIBLE_DEVICES", "1,0")));
  }

  @Test
  void windowsHasOneBelow() throws IOException {
    touch("dev/dxg");
    assertFalse(seemsThere(Map.of())); // a card of another maker
    touch("usr/lib/wsl/lib/libcuda.so.1");
    assertTrue(seemsThere(Map.of()));
  }

  @Test
  void somebodyHidesTheCards() throws IOException {
    touch("proc/driver/nvidia/version");
    assertFalse(seemsThere(Map.of("CUDA_VISIBLE_DEVICES", "")));
    assertFalse(seemsThere(Map.of("CUDA_VISIBLE_DEVICES", "-1")));
  }
}
