package dev.kontext4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.Scope;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class GoldenTest {

  @Test
  void findsFilesAndFolders() throws IOException {
    assertTrue(Files.isDirectory(GoldenFiles.path("model/vae")));
    assertTrue(Files.readString(GoldenFiles.path("index.json")).contains("sha256"));
    assertThrows(IllegalArgumentException.class, () -> GoldenFiles.path("nothing"));
  }

  @Test
  void readsTensorsAndIds() {
    try (var _ = Scope.open();
        var golden = Golden.open("clip")) {
      var ids = golden.ids("plain.ids");
      assertEquals(1, ids.size());
      assertEquals(77, ids.getFirst().length);
      assertArrayEquals(new long[] {1, 77, 40}, golden.tensor("plain.states").shape());
    }
  }
}
