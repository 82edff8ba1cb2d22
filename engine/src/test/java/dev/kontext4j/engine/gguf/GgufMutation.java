package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.file.Damage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/// Ways to damage a good GGUF file; the same seed gives the same damage.
enum GgufMutation implements Damage {
  CUT_SHORT {
    @Override
    public byte[] of(byte[] good, Random random) {
      return Damage.cutShort(good, random);
    }
  },
  GROWN {
    @Override
    public byte[] of(byte[] good, Random random) {
      return Damage.grown(good, random);
    }
  },
  FLIPPED {
    @Override
    public byte[] of(byte[] good, Random random) {
      return Damage.flipped(good, 0, good.length, random);
    }
  },
  LYING_COUNT {
    @Override
    public byte[] of(byte[] good, Random random) {
      return number(good, 8 * (1 + random.nextInt(2)), 8, random); // of tensors, of values
    }
  },
  LYING_NUMBER_OF_8_BYTES {
    @Override
    public byte[] of(byte[] good, Random random) {
      return number(good, random.nextInt(good.length - 8), 8, random);
    }
  },
  LYING_NUMBER_OF_4_BYTES {
    @Override
    public byte[] of(byte[] good, Random random) {
      return number(good, random.nextInt(good.length - 4), 4, random);
    }
  },
  SPLICED {
    @Override
    public byte[] of(byte[] good, Random random) {
      int from = random.nextInt(good.length);
      int to = from + random.nextInt(good.length - from);
      int at = random.nextInt(good.length);
      var bytes = ByteBuffer.allocate(good.length + to - from);
      bytes.put(good, 0, at).put(good, from, to - from).put(good, at, good.length - at);
      return bytes.array();
    }
  },
  A_PIECE_LOST {
    @Override
    public byte[] of(byte[] good, Random random) {
      int from = random.nextInt(good.length);
      int to = Math.min(good.length, from + 1 + random.nextInt(24));
      var bytes = ByteBuffer.allocate(good.length - (to - from));
      bytes.put(good, 0, from).put(good, to, good.length - to);
      return bytes.array();
    }
  };

  static byte[] file(long seed, byte[] good) {
    return Damage.several(seed, good, values(), bytes -> bytes.length > 32);
  }

  private static byte[] number(byte[] good, int at, int size, Random random) {
    byte[] bytes = good.clone();
    long value =
        switch (random.nextInt(5)) {
          case 0 -> -1;
          case 1 -> Long.MAX_VALUE;
          case 2 -> random.nextLong() >>> random.nextInt(64);
          case 3 -> 1L << random.nextInt(64);
          default -> random.nextInt(64);
        };
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (size == Long.BYTES) {
      buffer.putLong(at, value);
    } else {
      buffer.putInt(at, (int) value);
    }
    return bytes;
  }
}
