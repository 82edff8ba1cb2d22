package dev.kontext4j.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelsLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FetchProgressTest {
  private static final LockedFile FILE =
      Objects.requireNonNull(ModelsLock.packed().files().get("vae-single"));
  private static final long SECOND = 1_000_000_000;
  private static final long SIZE = 335_304_388;

  private final List<String> said = new ArrayList<>();
  private final List<String> line = new ArrayList<>();
  private boolean terminal;
  private long now;

  private final RunDisplay display =
      new RunDisplay() {
        @Override
        public void say(String words) {
          said.add(words);
        }

        @Override
        public void preparing(String words) {
          line.add(words);
        }

        @Override
        public boolean showsPreparing() {
          return terminal;
        }

        @Override
        public void at(Event event) {
          throw new AssertionError("nothing is edited here");
        }
      };

  /// Bytes come for some seconds, a fifth of a second apart.
  private FetchProgress afterSeconds(int seconds) {
    var progress = new FetchProgress(display, () -> now);
    progress.begins(SIZE);
    progress.begins(FILE, SIZE, 100_000_000);
    for (int i = 0; i < 5 * seconds; i++) {
      now += SECOND / 5;
      progress.came(FILE, 2_000_000);
    }
    return progress;
  }

  @Test
  void aTerminalSeesOneLineThatChanges() {
    terminal = true;
    afterSeconds(5);
    assertEquals(
        List.of("fetching split_files/vae/ae.safetensors, 335.3 MB, 100.0 MB of it came before"),
        said);
    assertEquals(25, line.size());
    assertEquals(
        "44 %, 150.0 MB of 335.3 MB, 10.0 MB/s, 0:19 left; 44 % of ae.safetensors", line.getLast());
  }

  @Test
  void elsewhereALineIsEnoughNowAndThen() {
    var progress = afterSeconds(21);
    assertEquals(List.of(), line);
    assertEquals(3, said.size(), said::toString);
    assertEquals(
        "89 %, 300.0 MB of 335.3 MB, 10.0 MB/s, 0:04 left; 89 % of ae.safetensors", said.getLast());
    progress.ended(FILE);
    progress.done();
    assertEquals("done in 21.0 s, 210.0 MB fetched", said.getLast());
  }

  @Test
  void shortWaitsAreNotWorthALine() {
    var progress = afterSeconds(1);
    said.clear();
    progress.waits(FILE, "the hub says 503", Duration.ofMillis(700));
    progress.waits(FILE, "the hub says 429", Duration.ofSeconds(20));
    assertEquals(List.of("ae.safetensors: the hub says 429; again in 20 s"), said);
  }

  /// What was only about right is made right when the server has told it.
  @Test
  void sizesThatWereOnlyAboutRight() {
    terminal = true;
    var shard = Objects.requireNonNull(ModelsLock.packed().files().get("transformer-3"));
    var progress = new FetchProgress(display, () -> now);
    progress.begins(shard.about());
    progress.begins(shard, 4_000_000_000L, 0);
    now += SECOND;
    progress.came(shard, 1_000_000_000);
    assertEquals(
        "25 %, 1.00 GB of 4.00 GB, 1.00 GB/s, 0:03 left; 25 % of "
            + "diffusion_pytorch_model-00003-of-00003.safetensors",
        line.getLast());
  }
}
