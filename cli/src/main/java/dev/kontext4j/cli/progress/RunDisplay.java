package dev.kontext4j.cli.progress;

import dev.kontext4j.sampler.Progress;

/// Where a run tells how far it is. Closed before anything else is printed.
public interface RunDisplay extends Progress, AutoCloseable {
  /// Tells the user something that stays to be read.
  void say(String words);

  /// Prints something elsewhere, which may be the same terminal.
  default void aside(Runnable printing) {
    printing.run();
  }

  /// Something goes on that is no event of the run yet; told again whenever it has got further.
  default void preparing(String words) {}

  /// Whether what is told as `preparing` is seen.
  default boolean showsPreparing() {
    return false;
  }

  /// The run has come to its end.
  default void done(double seconds) {}

  @Override
  default void close() {}

  /// For `-q`.
  RunDisplay SILENT =
      new RunDisplay() {
        @Override
        public void say(String words) {
          // who wants nothing is told nothing
        }

        @Override
        public void at(Event event) {
          // nor how far it is
        }
      };
}
