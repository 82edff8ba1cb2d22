package dev.kontext4j.toybox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The model as it lies in the sources: `tools/toybox/index` must have run after it was written.
class ModelThatIsShippedTest {
  private static final long MOST_BYTES = 16_000_000;

  private static FileIndex index() throws IOException {
    return FileIndex.read(
        Objects.requireNonNull(EmbeddedModel.class.getResource(EmbeddedModel.INDEX)));
  }

  @Test
  void theIndexListsTheFilesThatAreThere() throws IOException {
    Path folder = EmbeddedModel.folder();
    var listed = new TreeSet<String>();
    for (var entry : index().entries()) {
      listed.add(entry.path());
      byte[] content = Files.readAllBytes(folder.resolve(entry.path()));
      assertEquals(entry.bytes(), content.length, entry.path());
      assertEquals(entry.sha256(), Sha256.of(content), entry.path());
    }
    assertEquals(listed, files(folder));
  }

  private static Set<String> files(Path folder) throws IOException {
    var found = new TreeSet<String>();
    try (var all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> found.add(folder.relativize(file).toString().replace('\\', '/')));
    }
    return found;
  }

  @Test
  void itIsSmall() throws IOException {
    assertTrue(index().bytes() <= MOST_BYTES, () -> "too large for everybody's clone");
  }
}
