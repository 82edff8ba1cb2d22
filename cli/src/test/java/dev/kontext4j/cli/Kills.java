package dev.kontext4j.cli;

import java.util.Random;
import java.util.function.LongSupplier;

/// Processes are killed at random moments, so often as `-Dkontext4j.kills=N` says.
final class Kills {
  private static final int EARLY = 8; // one in so many
  private static final int LONGEST_START = 1500; // milliseconds

  static final int WANTED = Integer.getInteger("kontext4j.kills", 4);

  private final Random random = new Random(20_261_127);
  private int done;

  boolean areEnough() {
    return done >= WANTED;
  }

  /// Kills a process at any moment of its start, or when it has come to a random share of its work,
  /// whatever time that takes.
  ///
  /// @param progress how far it is
  /// @param whole how far it is when all is done
  void kill(KontextProcess process, LongSupplier progress, long whole) throws InterruptedException {
    boolean early = random.nextInt(EARLY) == 0;
    long until = random.nextLong(whole);
    while (!early && process.isAlive() && progress.getAsLong() < until) {
      Thread.sleep(1);
    }
    Thread.sleep(random.nextInt(early ? LONGEST_START : 5));
    done += process.isAlive() ? 1 : 0;
    process.kill();
  }
}
