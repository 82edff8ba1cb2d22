package dev.kontext4j.cli.progress;

import dev.kontext4j.hub.runtime.InstallListener;

/// How far the installation of a runtime is: one line that changes, or else a line now and then.
public final class InstallProgress implements InstallListener {
  private static final long NOW_AND_THEN = 10_000_000_000L; // nanoseconds

  private final RunDisplay display;
  private final Flow flow = new Flow(System::nanoTime);
  private long told = System.nanoTime();
  private boolean unpacking;

  public InstallProgress(RunDisplay display) {
    this.display = display;
  }

  @Override
  public void came(long bytes, long whole) {
    boolean all = bytes >= whole;
    flow.at(bytes);
    String words = all ? "pip unpacks the wheels" : flow.words(bytes, whole);
    if (display.showsPreparing()) {
      display.preparing(words);
    } else if (all ? !unpacking : System.nanoTime() - told >= NOW_AND_THEN) {
      told = System.nanoTime();
      display.say(words);
    }
    unpacking = all;
  }

  /// Told where it is seen to go again: there are many files.
  @Override
  public void working(String words) {
    display.preparing(words);
  }
}
