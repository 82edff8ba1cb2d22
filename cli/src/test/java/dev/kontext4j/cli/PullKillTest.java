package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.testkit.hub.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kontext pull` is killed at random moments, again and again. Whatever is in place is whole, and
/// no byte that had been found good is ever fetched again.
class PullKillTest {
  private static final int PIECE = 4 << 20;
  private static final int SIZE = 9 * PIECE + 77;
  private static final Pattern LINE = Pattern.compile("(\\d+) [0-9a-f]{64}\n");

  @TempDir Path folder;

  @Test
  void nothingHalfIsTakenForWholeAndNothingGoodIsFetchedAgain()
      throws IOException, InterruptedException {
    int midway = 0;
    int completed = 0;
    try (var work = new HubWorkplace(folder, SIZE)) {
      work.hub().slowDown(32 << 20);
      for (var kills = new Kills(); !kills.areEnough(); ) {
        var good = good(work);
        work.hub().takeServed();
        long before = work.hub().sent();
        try (var process = work.start(Map.of(), work.pull("-q"))) {
          kills.kill(process, () -> work.hub().sent() - before, SIZE);
        }
        work.hub().awaitQuiet();
        requireNothingTwice(work, good);
        midway += good(work).isEmpty() ? 0 : 1;
        if (Files.exists(work.place(HubWorkplace.WEIGHTS))) {
          assertArrayEquals(work.weights(), Files.readAllBytes(work.place(HubWorkplace.WEIGHTS)));
          Files.delete(work.place(HubWorkplace.WEIGHTS)); // and from the beginning
          completed++;
        }
      }
      work.hub().slowDown(Long.MAX_VALUE);
      var good = good(work);
      work.hub().takeServed();
      work.run(work.pull("-q")).done();
      requireNothingTwice(work, good);
      assertArrayEquals(work.weights(), Files.readAllBytes(work.place(HubWorkplace.WEIGHTS)));
      assertFalse(Files.exists(work.models().resolve(".unfinished/data")));
    }
    assertTrue(midway >= Kills.WANTED / 4, "most kills should hit the middle, not " + midway);
    assertTrue(completed > 0 || Kills.WANTED < 10, "some come to their end between the kills");
  }

  /// The pieces that were found good before the process was killed.
  private static BitSet good(HubWorkplace work) throws IOException {
    var good = new BitSet();
    Path unfinished = work.models().resolve(".unfinished");
    if (!Files.isDirectory(unfinished)) {
      return good;
    }
    try (var folders = Files.list(unfinished)) {
      for (Path file : (Iterable<Path>) folders::iterator) {
        Path journal = file.resolve("journal");
        if (Files.exists(journal) && Files.readString(journal).startsWith("kontext4j 1 " + SIZE)) {
          var lines = LINE.matcher(Files.readString(journal));
          while (lines.find()) {
            good.set(Integer.parseInt(lines.group(1)));
          }
        }
      }
    }
    return good;
  }

  private static void requireNothingTwice(HubWorkplace work, BitSet good) {
    for (Served request : work.hub().takeServed()) {
      if (request.path().endsWith("/weights.safetensors") && request.sent() > 1) {
        int first = Math.toIntExact(request.begin() / PIECE);
        int end = Math.toIntExact(Math.ceilDiv(request.end(), (long) PIECE));
        assertTrue(good.get(first, end).isEmpty(), () -> request + " of " + good);
      }
    }
  }
}
