package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.sampler.Progress.Event;
import dev.kontext4j.sampler.Progress.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// The one line that tells how far a run is.
///
/// @param memory in use, in bytes
record StatusLine(Event event, Pace pace, OptionalLong memory) {
  private static final int BAR = 20;
  private static final int LEAST_BAR = 5;

  /// In at most so many columns.
  AttributedString text(int width) {
    var line = new AttributedStringBuilder();
    line.append(PlainLines.words(event));
    String figures = String.join("  ", figures());
    if (event instanceof Step step) {
      int room = Math.min(BAR, width - line.columnLength() - figures.length() - 4);
      if (room >= LEAST_BAR) {
        bar(line.append("  "), step, room);
      }
    }
    line.append(figures.isEmpty() ? "" : "  ").append(figures);
    return line.toAttributedString().columnSubSequence(0, width);
  }

  private static void bar(AttributedStringBuilder line, Step step, int width) {
    int done = (step.step() - 1) * width / step.steps();
    line.style(AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN)).append("━".repeat(done));
    line.style(AttributedStyle.DEFAULT.faint()).append("━".repeat(width - done));
    line.style(AttributedStyle.DEFAULT);
  }

  private List<String> figures() {
    var figures = new ArrayList<String>();
    pace.secondsAStep().ifPresent(seconds -> figures.add(rate(seconds)));
    pace.secondsLeft().ifPresent(seconds -> figures.add(time(seconds) + " left"));
    if (figures.isEmpty() && pace.seconds() >= 1) {
      figures.add(time(pace.seconds()));
    }
    memory.ifPresent(bytes -> figures.add(Bytes.text(bytes)));
    return figures;
  }

  private static String rate(double secondsAStep) {
    return secondsAStep < 1
        ? String.format(Locale.ROOT, "%.1f it/s", 1 / secondsAStep)
        : String.format(Locale.ROOT, "%.1f s/it", secondsAStep);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d:%02d".formatted(whole / 60, whole % 60)
        : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }
}
