package dev.kontext4j.engine.internal.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.LibraryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibtorchFolderTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lib",
        "torch/lib",
        "lib/python3.12/site-packages/torch/lib",
        "Lib/site-packages/torch/lib"
      })
  void isFoundFromWhereAUserWouldPoint(String place) throws IOException {
    Path folder = Files.createDirectories(home.resolve(place));
    Files.createFile(folder.resolve(LibtorchFolder.MAIN_LIBRARY));
    assertEquals(folder, LibtorchFolder.named(home).path());
    assertFalse(LibtorchFolder.named(home).hasCuda());
  }

  @Test
  void knowsACudaBuild() throws IOException {
    Files.createFile(home.resolve(LibtorchFolder.MAIN_LIBRARY));
    Files.createFile(home.resolve(System.mapLibraryName("torch_cuda")));
    assertTrue(LibtorchFolder.named(home).hasCuda());
  }

  @Test
  void aFolderWithoutOneIsRefusedWithTheCure() {
    var e = assertThrows(LibraryException.class, () -> LibtorchFolder.named(home));
    assertTrue(e.getMessage().contains("name the folder of a libtorch 2.10 or newer"));
  }
}
