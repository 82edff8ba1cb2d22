package dev.kontext4j.engine.safetensors;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Headers of the largest length the format allows, each made to cost as much as it can.
enum HostileHeader {
  DEEP_LISTS("{\"a\":", "["),
  DEEP_OBJECTS("", "{\"a\":"),
  DEEP_IN_A_TENSOR("{\"a\":{\"dtype\":", "{\"dtype\":"),
  LONG_NAME("{\"", "abcdefgh"),
  LONG_TEXT("{\"__metadata__\":{\"a\":\"", "abcdefgh"),
  LONG_TEXT_OF_ESCAPES("{\"__metadata__\":{\"a\":\"", "\\u00fc\\n"),
  LONG_DTYPE("{\"a\":{\"dtype\":\"", "F32"),
  LONG_NUMBER("{\"a\":{\"shape\":[", "9876543210"),
  LONG_SHAPE("{\"a\":{\"shape\":[0", ",0"),
  LONG_OFFSETS("{\"a\":{\"data_offsets\":[0", ",1234567890123"),
  LONG_GARBAGE("{", "garbage"),
  SPACES_FIRST("{", "        "),
  SPACES_BEFORE_A_NAME("{\"__metadata__\":{", "\n\t\r "),
  SPACES_LAST("{}", "        ") {
    @Override
    boolean isLegal() {
      return true;
    }
  },
  ZEROS_LAST("{}", "\0\0\0\0"),
  MANY_TENSORS("{", "\"%08x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"),
  MANY_BIG_TENSORS(
      "{",
      "\"%08x\":{\"dtype\":\"U8\",\"shape\":[0,1001,1002,1003,1004,1005],\"data_offsets\":[0,0]},"),
  MANY_LONG_NAMES(
      "{",
      "\"%08x"
          + "n".repeat(40_000)
          + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"),
  MANY_TEXTS("{\"__metadata__\":{\"\":\"\"", ",\"%08x\":\"\""),
  MANY_LONG_TEXTS(
      "{\"__metadata__\":{\"\":\"\"", ",\"%08x\":\"" + "\u4e00".repeat(1_300_000) + "\""),
  MANY_LONGEST_TEXTS("{\"__metadata__\":{\"\":\"\"", ",\"%08x\":\"" + "a".repeat(4 << 20) + "\""),
  MANY_EMPTY_ENTRIES("{", "\"%08x\":{},"),
  SAME_HASH("{", "\"%08x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},") {
    @Override
    String number(int i) {
      var name = new StringBuilder();
      for (int bit = 0; bit < 20; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      return name.toString();
    }
  },
  NO_UTF8("{\"", "\u00f0\u009f\u0098") {
    @Override
    byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  };

  private static final int LENGTH = 100_000_000;
  private static final String NUMBER = "%08x";

  private final String begin;
  private final String repeated;

  HostileHeader(String begin, String repeated) {
    this.begin = begin;
    this.repeated = repeated;
  }

  boolean isLegal() {
    return false;
  }

  /// What stands for [#NUMBER] in the piece with an index.
  String number(int i) {
    return HexFormat.of().toHexDigits(i);
  }

  /// Writes the file without ever holding it.
  void write(Path file) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      byte[] first = begin.getBytes(StandardCharsets.UTF_8);
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(LENGTH).array());
      out.write(first);
      writeRepeated(out, LENGTH - first.length);
    }
  }

  private void writeRepeated(OutputStream out, int length) throws IOException {
    int at = repeated.indexOf(NUMBER);
    byte[] before = bytes(at < 0 ? repeated.repeat(1 << 12) : repeated.substring(0, at));
    byte[] after = bytes(at < 0 ? "" : repeated.substring(at + NUMBER.length()));
    int left = length;
    for (int i = 0; left > 0; i++) {
      left -= write(out, before, left);
      left -= at < 0 ? 0 : write(out, bytes(number(i)), left);
      left -= write(out, after, left);
    }
  }

  private static int write(OutputStream out, byte[] bytes, int limit) throws IOException {
    int length = Math.min(limit, bytes.length);
    out.write(bytes, 0, length);
    return length;
  }

  byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
