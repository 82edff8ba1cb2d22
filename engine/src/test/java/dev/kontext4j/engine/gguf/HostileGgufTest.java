package dev.kontext4j.engine.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.file.HostileOpenings;
import dev.kontext4j.engine.file.HostileOpenings.Opening;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file says, it loads or is refused in one line, within a second and 64 MiB of heap.
class HostileGgufTest {
  @TempDir private Path folder;

  @Test
  void headersWithoutEnd() throws IOException, InterruptedException {
    var openings = run(SmallHeapForGguf.LARGE);
    assertEquals(LargeGguf.values().length, openings.size());
    openings.forEach(each -> assertEquals("refused", each.outcome(), each::toString));
  }

  @Test
  void threeThousandMutatedFiles() throws IOException, InterruptedException {
    HostileOpenings.requireManyReasons(run(SmallHeapForGguf.MUTATED));
  }

  private List<Opening> run(String what) throws IOException, InterruptedException {
    return HostileOpenings.of(
        SmallHeapForGguf.class, folder, what, folder.resolve("hostile.gguf").toString());
  }
}
