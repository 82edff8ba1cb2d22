package dev.kontext4j.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Opens hostile files in a program of its own, so that its heap can be held to 64 MiB, and says
/// what came of each: whatever a file says, it loads or is refused in one line, within a second.
public final class HostileOpenings {
  public static final int MUTATED = 3_000;
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private HostileOpenings() {}

  /// What came of one file.
  public record Opening(String name, long millis, String outcome, String message) {
    private static Opening of(String line) {
      String[] parts = line.split("\t", -1);
      assertEquals(4, parts.length, line); // in one line, or this cannot be read
      var opening = new Opening(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]);
      assertTrue(opening.millis < 1000, line);
      assertTrue(opening.outcome.matches("opened|refused"), line);
      return opening;
    }

    /// The message freed of all that differs from file to file.
    public String reason() {
      return message
          .replaceAll("not valid JSON.*", "not valid JSON")
          .replaceAll("'[^']*'|\\[.*]|[0-9]+|got.*", "_");
    }
  }

  /// Runs a program that opens files by [#print].
  ///
  /// @param main its class; it is given `arguments`
  public static List<Opening> of(Class<?> main, Path folder, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    var lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertEquals(0, exit, lines::toString);
    return lines.stream().map(Opening::of).toList();
  }

  /// Of so many damaged files some are still good, and the others broke all kinds of rules, not
  /// only the first.
  public static void requireManyReasons(List<Opening> openings) {
    assertEquals(MUTATED, openings.size());
    long opened = openings.stream().filter(each -> each.outcome().equals("opened")).count();
    assertTrue(opened > 50, () -> "opened: " + opened);
    var reasons = openings.stream().map(Opening::reason).distinct().toList();
    assertTrue(reasons.size() >= 20, reasons::toString);
  }

  /// Opens a file and prints what came of it: name, milliseconds, outcome, message.
  public static void print(String name, Path file, Function<Path, WeightFile> open) {
    var first = Attempt.at(file, open);
    var best = first.isSlow() ? first.faster(Attempt.at(file, open)) : first;
    best = best.isSlow() ? best.faster(Attempt.at(file, open)) : best;
    OUT.println(name + "\t" + best.millis() + "\t" + best.outcome());
  }

  private record Attempt(long millis, String outcome) {
    static Attempt at(Path file, Function<Path, WeightFile> open) {
      long begin = System.nanoTime();
      String outcome = outcome(file, open);
      return new Attempt((System.nanoTime() - begin) / 1_000_000, outcome);
    }

    private static String outcome(Path file, Function<Path, WeightFile> open) {
      try (var opened = open.apply(file)) {
        opened.tensors().values().stream()
            .filter(entry -> entry.dtype().isPresent() || entry.blocks().isPresent())
            .forEach(opened::bytes);
        return "opened\t";
      } catch (CheckpointException e) {
        return "refused\t" + e.getMessage();
      } catch (Throwable e) {
        return "failed\t" + e;
      }
    }

    /// A busy machine may be slow once: such an opening is tried again.
    boolean isSlow() {
      return millis > 500;
    }

    Attempt faster(Attempt other) {
      return other.millis < millis ? other : this;
    }
  }
}
