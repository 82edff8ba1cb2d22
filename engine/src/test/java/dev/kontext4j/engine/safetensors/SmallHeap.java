package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program of its own, so that its heap can be held to 64 MiB: opens hostile files and prints
/// what came of each, in one line: name, milliseconds, outcome, message.
final class SmallHeap {
  static final String LARGEST_HEADERS = "largest-headers";
  static final String MUTATED_FILES = "mutated-files";

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private SmallHeap() {}

  public static void main(String[] args) throws IOException {
    var file = Path.of(args[1]);
    if (args[0].equals(LARGEST_HEADERS)) {
      for (HostileHeader hostile : HostileHeader.values()) {
        hostile.write(file);
        open(hostile.toString(), file);
      }
    } else {
      byte[] good = Mutation.goodFile();
      for (int seed = 0; seed < 3_000; seed++) {
        Files.write(file, Mutation.file(seed, good));
        open("seed " + seed, file);
      }
    }
  }

  private static void open(String name, Path file) {
    var first = Opening.of(file);
    var best = first.isSlow() ? first.faster(Opening.of(file)).faster(Opening.of(file)) : first;
    OUT.println(name + "\t" + best.millis() + "\t" + best.outcome());
  }

  private record Opening(long millis, String outcome) {
    static Opening of(Path file) {
      long begin = System.nanoTime();
      String outcome = outcome(file);
      return new Opening((System.nanoTime() - begin) / 1_000_000, outcome);
    }

    private static String outcome(Path file) {
      try (var opened = SafetensorsFile.open(file)) {
        opened.tensors().values().stream()
            .filter(entry -> entry.dtype().isPresent())
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

    Opening faster(Opening other) {
      return other.millis < millis ? other : this;
    }
  }
}
