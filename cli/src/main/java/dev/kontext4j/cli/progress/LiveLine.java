package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.failure.Printable;
import dev.kontext4j.sampler.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/// A run's progress as one line of a terminal that keeps changing, also while a long step lasts.
public final class LiveLine implements RunDisplay {
  private static final long TICK = 125; // milliseconds
  private static final int SPARED = 3; // columns, for the ^C that a terminal echoes
  private static final long PAINTING = 250_000_000; // nanoseconds between two previews

  private final Screen screen;
  private final Pace pace;
  private final LongSupplier clock;
  private final Thread cleaner = new Thread(this::wipe);
  private final Supplier<OptionalLong> memory;
  private final @Nullable PreviewPainter painter;
  private @Nullable Event event;
  private String phase = "";
  private long painted;
  private boolean closed;
  private List<AttributedString> preview = List.of();

  /// @param preview whether the picture so far is shown, too
  /// @param memory what the run uses on its device, in bytes
  public LiveLine(Screen screen, boolean preview, Supplier<OptionalLong> memory) {
    this(screen, preview ? PreviewPainter.best(screen) : null, memory, System::nanoTime);
    Runtime.getRuntime().addShutdownHook(cleaner);
    Thread.ofPlatform().daemon().name("progress").start(this::tick);
  }

  LiveLine(
      Screen screen,
      @Nullable PreviewPainter painter,
      Supplier<OptionalLong> memory,
      LongSupplier clock) {
    this.screen = screen;
    this.painter = painter;
    this.memory = memory;
    this.clock = clock;
    this.pace = new Pace(clock);
    this.painted = clock.getAsLong() - PAINTING;
  }

  private synchronized void tick() {
    try {
      while (!closed) {
        show();
        wait(TICK);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void at(Event happened) {
    switch (happened) {
      case Progress.Truncated _, Progress.LessMemory _ -> say(PlainLines.words(happened));
      case Progress.Estimate estimate -> paint(estimate);
      default -> {
        event = happened;
        pace.at(happened);
        show();
      }
    }
  }

  private void paint(Progress.Estimate estimate) {
    boolean last = estimate.step() == estimate.steps();
    if (painter != null && (last || clock.getAsLong() - painted >= PAINTING)) {
      painted = clock.getAsLong();
      var picture = estimate.preview().get();
      preview = painter.rows(picture, screen);
      show();
      painter.lay(picture, screen);
    }
  }

  private synchronized void show() {
    if (closed) {
      return;
    }
    var lines = new ArrayList<>(preview);
    if (event != null) {
      lines.add(new StatusLine(event, pace, memory.get()).text(screen.columns() - SPARED));
    } else if (!phase.isEmpty()) {
      lines.add(new AttributedString(phase).columnSubSequence(0, screen.columns() - SPARED));
    }
    screen.show(lines);
  }

  @Override
  public synchronized void preparing(String words) {
    phase = words;
    show();
  }

  @Override
  public boolean showsPreparing() {
    return true;
  }

  @Override
  public synchronized void say(String words) {
    aside(() -> screen.println("kontext: " + Printable.line(words)));
  }

  @Override
  public synchronized void aside(Runnable printing) {
    if (!closed) {
      screen.above(printing);
    }
  }

  @Override
  public synchronized void done(double seconds) {
    event = null;
    phase = "";
    preview = List.of();
    show();
    say(String.format(Locale.ROOT, "done in %.1f s", seconds));
  }

  /// The process is being interrupted.
  private synchronized void wipe() {
    if (!closed) {
      closed = true;
      screen.wipe();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    event = null;
    if (painter != null) {
      painter.remove(screen);
    }
    screen.close();
  }
}
