package dev.kontext4j.cli.progress;

import dev.kontext4j.sampler.Progress;
import java.util.ArrayList;
import java.util.List;

/// When each event of a run came.
public final class Timeline implements Progress {
  private final long start = System.nanoTime();
  private final List<Mark> marks = new ArrayList<>();
  private long end = start;

  private record Mark(Event event, long time) {}

  @Override
  public void at(Event event) {
    if (!(event instanceof Estimate)) { // which is within a step
      marks.add(new Mark(event, System.nanoTime()));
    }
  }

  /// The run is over.
  public void end() {
    end = System.nanoTime();
  }

  public double totalSeconds() {
    return (end - start) / 1e9;
  }

  /// How long all events of a kind lasted together.
  public double total(Class<? extends Event> kind) {
    return seconds(kind).stream().mapToDouble(Double::doubleValue).sum();
  }

  /// How long each event of a kind lasted: until the next event of any kind.
  public List<Double> seconds(Class<? extends Event> kind) {
    var seconds = new ArrayList<Double>();
    for (int i = 0; i < marks.size(); i++) {
      if (kind.isInstance(marks.get(i).event)) {
        long next = i + 1 < marks.size() ? marks.get(i + 1).time : end;
        seconds.add((next - marks.get(i).time) / 1e9);
      }
    }
    return seconds;
  }
}
