package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  private static final List<String> FILES = List.of("a.so", "b.so");

  @TempDir Path root = Path.of("");

  @Test
  void unpacksOnce() throws IOException {
    var opened = new AtomicInteger();
    var cache = new NativeCache(root.resolve("natives"));
    var first = cache.folder("x-1", FILES, name -> content(name, opened));
    assertEquals(first, cache.folder("x-1", FILES, name -> content(name, opened)));
    assertEquals(2, opened.get());
    assertEquals("a.so", Files.readString(first.resolve("a.so")));
    assertEquals("b.so", Files.readString(first.resolve("b.so")));
  }

  @Test
  void manyAtOnceAgreeAndLeaveNoDraft() throws IOException {
    var opened = new AtomicInteger();
    var folders =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(_ -> new NativeCache(root).folder("x-1", FILES, n -> content(n, opened)))
            .distinct()
            .toList();
    assertEquals(List.of(root.resolve("x-1")), folders);
    try (var left = Files.list(root)) {
      assertEquals(folders, left.toList());
    }
  }

  @Test
  void withoutAWritableCacheATemporaryFolderServes() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "no folder");
    var folder =
        new NativeCache(file).folder("x-1", FILES, name -> content(name, new AtomicInteger()));
    assertFalse(folder.startsWith(root));
    assertTrue(Files.exists(folder.resolve("b.so")));
  }

  @Test
  void aSourceThatFailsIsReported() throws IOException {
    var e =
        assertThrows(
            TokenizerException.class,
            () ->
                new NativeCache(root)
                    .folder(
                        "x-1",
                        FILES,
                        _ -> {
                          throw new IOException("disk full");
                        }));
    assertTrue(e.getMessage().contains("disk full"), e.getMessage());
    assertTrue(e.getMessage().contains("XDG_CACHE_HOME"), e.getMessage());
    try (var left = Files.list(root)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static ByteArrayInputStream content(String name, AtomicInteger opened) {
    opened.incrementAndGet();
    return new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8));
  }
}
