package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred edits in one process leave no tensor and take no more memory than twenty.
class LeakTest {
  private static final int EDITS = 100;
  private static final int WARM = 20;
  private static final int AROUND = 10;
  private static final double GROWTH = 1.05;

  @TempDir Path folder;

  private record Sample(long tensors, long kilobytes) {}

  @Test
  void tensorsAndMemoryStayFlat() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "only Linux tells how much is resident");
    var samples = samples();
    assertEquals(EDITS, samples.size(), samples::toString);
    for (Sample sample : samples) {
      assertEquals(samples.getFirst().tensors(), sample.tensors());
    }
    long warm = median(samples.subList(WARM - AROUND, WARM));
    long end = median(samples.subList(EDITS - AROUND, EDITS));
    assertTrue(
        end <= GROWTH * warm,
        () -> "resident after %d edits %d KB, after %d %d KB".formatted(WARM, warm, EDITS, end));
  }

  private List<Sample> samples() throws IOException, InterruptedException {
    // The heap cannot grow, so that whatever grows is memory outside of it.
    var command =
        KontextProcess.java(List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"), ManyEdits.class);
    command.add(Integer.toString(EDITS));
    var work = Workplace.in(folder);
    command.addAll(work.arguments());
    command.add(work.path(Workplace.PICTURE));
    Path printed = folder.resolve("samples.txt");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OMP_NUM_THREADS", "1");
    var process = builder.redirectOutput(printed.toFile()).start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
    } finally {
      process.destroyForcibly();
    }
    var lines = Files.readAllLines(printed);
    assertEquals(0, process.exitValue(), lines::toString);
    var samples = new ArrayList<Sample>();
    for (String line : lines) {
      String[] numbers = line.split(" ", 2);
      samples.add(new Sample(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
    }
    return samples;
  }

  private static long median(List<Sample> samples) {
    return samples.stream()
        .mapToLong(Sample::kilobytes)
        .sorted()
        .skip(samples.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
