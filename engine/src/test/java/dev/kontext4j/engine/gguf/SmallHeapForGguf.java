package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.file.HostileOpenings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that opens hostile GGUF files.
final class SmallHeapForGguf {
  static final String LARGE = "large";
  static final String MUTATED = "mutated";

  private SmallHeapForGguf() {}

  public static void main(String[] args) throws IOException {
    var file = Path.of(args[1]);
    if (args[0].equals(LARGE)) {
      for (LargeGguf large : LargeGguf.values()) {
        large.write(file);
        HostileOpenings.print(large.toString(), file, GgufFile::open);
      }
    } else {
      byte[] good = HandMadeGguf.good();
      for (int seed = 0; seed < HostileOpenings.MUTATED; seed++) {
        Files.write(file, GgufMutation.file(seed, good));
        HostileOpenings.print("seed " + seed, file, GgufFile::open);
      }
    }
  }
}
