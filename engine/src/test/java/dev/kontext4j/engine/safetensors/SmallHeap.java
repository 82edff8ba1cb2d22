package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.file.HostileOpenings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program that opens hostile safetensors files.
final class SmallHeap {
  static final String LARGEST_HEADERS = "largest-headers";
  static final String MUTATED_FILES = "mutated-files";

  private SmallHeap() {}

  public static void main(String[] args) throws IOException {
    var file = Path.of(args[1]);
    if (args[0].equals(LARGEST_HEADERS)) {
      for (HostileHeader hostile : HostileHeader.values()) {
        hostile.write(file);
        HostileOpenings.print(hostile.toString(), file, SafetensorsFile::open);
      }
    } else {
      byte[] good = Mutation.goodFile();
      for (int seed = 0; seed < HostileOpenings.MUTATED; seed++) {
        Files.write(file, Mutation.file(seed, good));
        HostileOpenings.print("seed " + seed, file, SafetensorsFile::open);
      }
    }
  }
}
