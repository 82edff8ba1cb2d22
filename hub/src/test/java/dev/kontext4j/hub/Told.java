package dev.kontext4j.hub;

import dev.kontext4j.hub.fetch.FetchListener;
import dev.kontext4j.hub.lock.LockedFile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Writes down what it is told.
public final class Told implements FetchListener {
  public final List<String> setbacks = new CopyOnWriteArrayList<>();
  public final List<Duration> pauses = new CopyOnWriteArrayList<>();
  public final AtomicLong held = new AtomicLong();
  public final AtomicLong came = new AtomicLong();

  @Override
  public void begins(LockedFile file, long size, long bytes) {
    held.addAndGet(bytes);
  }

  @Override
  public void came(LockedFile file, long bytes) {
    came.addAndGet(bytes);
  }

  @Override
  public void ended(LockedFile file) {
    // the file itself tells
  }

  @Override
  public void waits(LockedFile file, String why, Duration pause) {
    setbacks.add(why);
    pauses.add(pause);
  }

  @Override
  public void working(String words) {
    // of no interest here
  }
}
