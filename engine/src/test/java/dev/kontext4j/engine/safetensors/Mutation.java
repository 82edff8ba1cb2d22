package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.file.Damage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;

/// Ways to damage a good safetensors file; the same seed gives the same damage.
enum Mutation implements Damage {
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
  FLIPPED_ANYWHERE {
    @Override
    public byte[] of(byte[] good, Random random) {
      return Damage.flipped(good, 0, good.length, random);
    }
  },
  FLIPPED_HEADER {
    @Override
    public byte[] of(byte[] good, Random random) {
      return Damage.flipped(good, 8, 8 + headerLength(good), random);
    }
  },
  LYING_LENGTH {
    @Override
    public byte[] of(byte[] good, Random random) {
      byte[] bytes = good.clone();
      int bits = random.nextInt(64);
      long length =
          random.nextBoolean()
              ? headerLength(good) + random.nextInt(33) - 16
              : random.nextLong() >>> bits;
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      return bytes;
    }
  },
  LYING_NUMBER {
    @Override
    public byte[] of(byte[] good, Random random) {
      return replaceOne(good, NUMBER, number(random), random);
    }
  },
  HUGE_SHAPE {
    @Override
    public byte[] of(byte[] good, Random random) {
      String sizes = ",4294967296".repeat(1 + random.nextInt(300));
      return replaceOne(good, SHAPE, "\"shape\":[" + sizes.substring(1) + "]", random);
    }
  },
  DEEP {
    @Override
    public byte[] of(byte[] good, Random random) {
      String deep = (random.nextBoolean() ? "[" : "{\"a\":").repeat(1 + random.nextInt(100_000));
      return insert(good, deep.getBytes(StandardCharsets.UTF_8), random);
    }
  },
  NOT_UTF8 {
    @Override
    public byte[] of(byte[] good, Random random) {
      byte[] bytes = new byte[1 + random.nextInt(4)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (0x80 | random.nextInt(128));
      }
      return insert(good, bytes, random);
    }
  },
  TWICE {
    @Override
    public byte[] of(byte[] good, Random random) {
      return replaceOne(good, NAME, "\"a\":{", random);
    }
  },
  SPLICED {
    @Override
    public byte[] of(byte[] good, Random random) {
      int length = headerLength(good);
      int from = 8 + random.nextInt(length);
      int to = from + random.nextInt(8 + length - from);
      return insert(good, Arrays.copyOfRange(good, from, to), random);
    }
  },
  OTHER_WORD {
    @Override
    public byte[] of(byte[] good, Random random) {
      String word = WORDS[random.nextInt(WORDS.length)];
      return replaceOne(good, WORD, word, random);
    }
  };

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern SHAPE = Pattern.compile("\"shape\":\\[[^]]*]");
  private static final Pattern NAME = Pattern.compile("\"[a-z]\":\\{");
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|[\\[\\]{}:,]");
  private static final String[] WORDS = {
    "\"F64\"",
    "\"F4\"",
    "\"shape\"",
    "\"dtype\"",
    "\"data_offsets\"",
    "\"__metadata__\"",
    "null",
    "\"\\ud800\"",
    "[",
    "]",
    "{",
    "}",
    "1e999",
    "\"\\u0000\"",
    "[]",
    "\"a\":",
    "\u00e9",
    "\ufeff"
  };

  static byte[] goodFile() {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\",\"note\":\"\u00fc\\n\"},%s,%s,%s,%s,%s}    "
            .formatted(
                HandMade.tensor("a", "F32", "[2,3]", 0, 24),
                HandMade.tensor("b", "BF16", "[4]", 24, 32),
                HandMade.tensor("c", "I64", "[]", 32, 40),
                HandMade.tensor("d", "U8", "[0,7]", 40, 40),
                HandMade.tensor("e", "U8", "[8]", 40, 48));
    return HandMade.bytes(header, new byte[48]);
  }

  static byte[] file(long seed, byte[] good) {
    return Damage.several(seed, good, values(), Mutation::hasHeader);
  }

  private static boolean hasHeader(byte[] bytes) {
    return bytes.length > 16 && headerLength(bytes) > 2 && headerLength(bytes) < bytes.length - 8;
  }

  private static int headerLength(byte[] file) {
    long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Math.clamp(length, 0, Integer.MAX_VALUE);
  }

  private static String number(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "-1";
      case 1 -> "9223372036854775807";
      case 2 -> "9".repeat(1 + random.nextInt(2000));
      case 3 -> random.nextInt(100) + ".0";
      case 4 -> Long.toString(random.nextLong() >>> random.nextInt(64));
      default -> Integer.toString(random.nextInt(64));
    };
  }

  private static byte[] replaceOne(byte[] good, Pattern what, String with, Random random) {
    var header = new String(good, 8, headerLength(good), StandardCharsets.ISO_8859_1);
    var places = what.matcher(header).results().toList();
    if (places.isEmpty()) {
      return good;
    }
    var place = places.get(random.nextInt(places.size()));
    byte[] word = with.getBytes(StandardCharsets.UTF_8);
    return splice(good, 8 + place.start(), 8 + place.end(), word);
  }

  private static byte[] insert(byte[] good, byte[] what, Random random) {
    int at = 8 + random.nextInt(headerLength(good));
    return splice(good, at, at, what);
  }

  /// Puts `what` in the place of some bytes and tells the truth about the header's new length.
  private static byte[] splice(byte[] good, int from, int to, byte[] what) {
    var bytes = new ByteArrayOutputStream();
    int length = headerLength(good) - (to - from) + what.length;
    bytes.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    bytes.write(good, 8, from - 8);
    bytes.writeBytes(what);
    bytes.write(good, to, good.length - to);
    return bytes.toByteArray();
  }
}
