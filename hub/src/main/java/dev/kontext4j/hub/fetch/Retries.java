package dev.kontext4j.hub.fetch;

import dev.kontext4j.hub.lock.LockedFile;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Tries again after setbacks, with longer and longer pauses, for as long as there is progress now
/// and then.
record Retries(LockedFile file, Patience patience, FetchListener listener) {

  /// Something that may take several attempts.
  interface Attempt<T> {
    T run() throws Setback, InterruptedException;

    /// How far it has come, in bytes, over all attempts.
    default long progress() {
      return 0;
    }
  }

  <T> T run(Attempt<T> attempt) throws InterruptedException {
    int failures = 0;
    while (true) {
      long before = attempt.progress();
      try {
        return attempt.run();
      } catch (Setback setback) {
        boolean gained = attempt.progress() - before >= patience.least();
        failures = gained ? 1 : failures + 1;
        if (failures >= patience.attempts()) {
          throw new FetchException(
              "%s cannot be fetched: %s, %d times in a row; run this again later, it goes on where it stopped"
                  .formatted(file.key(), setback.reason(), failures));
        }
        rest(setback, failures);
      }
    }
  }

  private void rest(Setback setback, int failures) throws InterruptedException {
    Duration own = patience.pause(failures, ThreadLocalRandom.current().nextDouble());
    Duration asked = setback.asked().orElse(Duration.ZERO);
    if (asked.compareTo(patience.longestAsked()) > 0) {
      throw new FetchException(
          "%s: %s and wants to be left alone for %d minutes; run this again then"
              .formatted(file.key(), setback.reason(), asked.toMinutes()));
    }
    Duration pause = own.compareTo(asked) < 0 ? asked : own;
    listener.waits(file, setback.reason(), pause);
    Thread.sleep(pause);
  }
}
