package dev.kontext4j.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.file.HostileOpenings;
import dev.kontext4j.engine.file.HostileOpenings.Opening;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file says, it loads or is refused in one line, within a second and 64 MiB of heap.
class HostileFilesTest {
  @TempDir private Path folder;

  @Test
  void theLargestHeaders() throws IOException, InterruptedException {
    var openings = run(SmallHeap.LARGEST_HEADERS);
    assertEquals(HostileHeader.values().length, openings.size());
    for (Opening opening : openings) {
      boolean legal = HostileHeader.valueOf(opening.name()).isLegal();
      assertEquals(legal ? "opened" : "refused", opening.outcome(), opening::toString);
    }
  }

  @Test
  void threeThousandMutatedFiles() throws IOException, InterruptedException {
    HostileOpenings.requireManyReasons(run(SmallHeap.MUTATED_FILES));
  }

  private List<Opening> run(String what) throws IOException, InterruptedException {
    return HostileOpenings.of(
        SmallHeap.class, folder, what, folder.resolve("hostile.safetensors").toString());
  }
}
