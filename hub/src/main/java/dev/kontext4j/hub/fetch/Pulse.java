package dev.kontext4j.hub.fetch;

import java.time.Duration;

/// Whether an answer gets on: silence, and a drip of bytes, is as good as none.
final class Pulse {
  private final Patience patience;
  private long since = System.nanoTime();
  private long bytes;

  Pulse(Patience patience) {
    this.patience = patience;
  }

  synchronized void heard(int more) {
    bytes += more;
  }

  /// Whether too little has come within the last window.
  synchronized boolean isFaint() {
    long now = System.nanoTime();
    if (Duration.ofNanos(now - since).compareTo(patience.window()) < 0) {
      return false;
    }
    boolean faint = bytes < patience.least();
    since = now;
    bytes = 0;
    return faint;
  }
}
