package dev.kontext4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  private static final Path HOME = Path.of("home").toAbsolutePath();

  @Test
  void isInTheUsersCache() {
    Path expected = HOME.resolve(".cache").resolve("kontext4j").resolve("things");
    assertEquals(expected, CacheFolder.named("things", null, HOME));
    assertEquals(expected, CacheFolder.named("things", " ", HOME));
  }

  @Test
  void unlessTheUserNamesAnother() {
    Path other = HOME.resolveSibling("other");
    assertEquals(
        other.resolve("kontext4j").resolve("things"),
        CacheFolder.named("things", other.toString(), HOME));
    assertTrue(CacheFolder.named("things", "relative", HOME).isAbsolute());
  }
}
