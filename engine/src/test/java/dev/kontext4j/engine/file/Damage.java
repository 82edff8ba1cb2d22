package dev.kontext4j.engine.file;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;

/// A way to damage a good file, whatever its format; the same random numbers give the same damage.
@FunctionalInterface
public interface Damage {
  byte[] of(byte[] good, Random random);

  /// A file of one seed: one to three kinds of damage, one after the other.
  ///
  /// @param bears whether there is still enough of a file for more
  static byte[] several(long seed, byte[] good, Damage[] kinds, Predicate<byte[]> bears) {
    var random = new Random(seed);
    byte[] bytes = kinds[(int) (seed % kinds.length)].of(good, random);
    for (int more = random.nextInt(8) - 5; more > 0 && bears.test(bytes); more--) {
      bytes = kinds[random.nextInt(kinds.length)].of(bytes, random);
    }
    return bytes;
  }

  static byte[] cutShort(byte[] good, Random random) {
    return Arrays.copyOf(good, random.nextInt(good.length));
  }

  static byte[] grown(byte[] good, Random random) {
    return Arrays.copyOf(good, good.length + 1 + random.nextInt(80));
  }

  /// Some bits of the bytes from one place to another are turned round.
  static byte[] flipped(byte[] good, int from, int to, Random random) {
    byte[] bytes = good.clone();
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      bytes[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
