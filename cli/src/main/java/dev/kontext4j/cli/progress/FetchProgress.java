package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.hub.fetch.FetchListener;
import dev.kontext4j.hub.lock.LockedFile;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How far fetching is, as a whole and in the current file: one line that changes, or else a line
/// now and then.
public final class FetchProgress implements FetchListener {
  private static final long CHANGING = 100_000_000L; // nanoseconds
  private static final long NOW_AND_THEN = 10_000_000_000L;

  private final RunDisplay display;
  private final LongSupplier clock;
  private final Flow flow;
  private @Nullable LockedFile file;
  private long size;
  private long inFile;
  private long whole;
  private long came; // with what earlier runs left
  private long received; // in this run
  private long told;
  private final long start;

  public FetchProgress(RunDisplay display) {
    this(display, System::nanoTime);
  }

  FetchProgress(RunDisplay display, LongSupplier clock) {
    this.display = display;
    this.clock = clock;
    this.flow = new Flow(clock);
    this.start = clock.getAsLong();
    this.told = start;
  }

  /// Tells the user something that stays to be read.
  public void say(String words) {
    display.say(words);
  }

  /// Asks, and waits for the answer.
  public boolean asks(String question, BooleanSupplier answer) {
    display.preparing("");
    say(question);
    return answer.getAsBoolean();
  }

  /// Fetching begins.
  ///
  /// @param bytes that are to come, as far as sizes are known
  public synchronized void begins(long bytes) {
    whole = bytes;
    flow.at(0);
  }

  @Override
  public synchronized void begins(LockedFile next, long bytes, long held) {
    file = next;
    size = bytes;
    inFile = held;
    whole += bytes - next.size().orElse(next.about()); // which may have been only about right
    came += held;
    String before = held == 0 ? "" : ", %s of it came before".formatted(Bytes.decimal(held));
    if (!display.showsPreparing() || held > 0) {
      say("fetching %s, %s%s".formatted(next.path(), Bytes.decimal(bytes), before));
    }
  }

  @Override
  public synchronized void came(LockedFile from, long bytes) {
    inFile += bytes;
    came += bytes;
    received += bytes;
    long now = clock.getAsLong();
    boolean changing = display.showsPreparing();
    if (now - told >= (changing ? CHANGING : NOW_AND_THEN)) {
      told = now;
      flow.at(received);
      if (changing) {
        display.preparing(words());
      } else {
        say(words());
      }
    }
  }

  private String words() {
    String line = flow.words(came, whole);
    return file == null
        ? line
        : line + "; %d %% of %s".formatted(Flow.percent(inFile, size), file.name());
  }

  @Override
  public synchronized void ended(LockedFile whichIsWhole) {
    file = null;
  }

  @Override
  public void waits(LockedFile from, String why, Duration pause) {
    if (pause.toMillis() >= 1000) { // shorter ones are gone before they are read
      say("%s: %s; again in %d s".formatted(from.name(), why, pause.toSeconds()));
    }
  }

  @Override
  public void working(String words) {
    if (display.showsPreparing()) {
      display.preparing(words);
    } else {
      say(words);
    }
  }

  /// All is done.
  public synchronized void done() {
    file = null;
    display.preparing("");
    double seconds = (clock.getAsLong() - start) / 1e9;
    say(String.format(Locale.ROOT, "done in %.1f s, %s fetched", seconds, Bytes.decimal(received)));
  }
}
