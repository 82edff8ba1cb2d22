package dev.kontext4j.engine.gguf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Headers as large as a file can make them, each made to cost as much as it can.
enum LargeGguf {
  MANY_EMPTY_WORDS(HandMadeGguf.of(0, 1).list("words", ValueType.STRING, Long.MAX_VALUE / 8), ""),
  MANY_WORDS(HandMadeGguf.of(0, 1).list("words", ValueType.STRING, 1_000_000_000), "word"),
  AS_MANY_WORDS_AS_THERE_ARE(
      HandMadeGguf.of(0, 1).list("words", ValueType.STRING, 100_000_000 / 8 - 100), ""),
  MANY_VALUES(HandMadeGguf.of(0, 5_000_000), "") {
    @Override
    byte[] piece(int i) {
      return new HandMadeGguf().value("%07x".formatted(i), i).bytes();
    }
  },
  MANY_TENSORS(HandMadeGguf.of(2_000_000, 0), "") {
    @Override
    byte[] piece(int i) {
      return new HandMadeGguf().tensor("%07x".formatted(i), TensorType.F32, 0, 0).bytes();
    }
  },
  MANY_TENSORS_OF_ONE_HASH(HandMadeGguf.of(1_000_000, 0), "") {
    @Override
    byte[] piece(int i) {
      var name = new StringBuilder();
      for (int bit = 0; bit < 20; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      return new HandMadeGguf().tensor(name.toString(), TensorType.F32, 0, 0).bytes();
    }
  },
  LONG_KEY(HandMadeGguf.of(0, 1).u64(99_000_000), "key"),
  LONG_VALUE(HandMadeGguf.of(0, 1).text("key").u32(8).u64(99_000_000), "value"),
  LONG_LIST(HandMadeGguf.of(0, 1).list("bytes", ValueType.UINT8, 99_000_000), "bytes"),
  DEEP_LISTS(HandMadeGguf.of(0, 1).text("list").u32(9).u32(9), "") {
    @Override
    byte[] piece(int i) {
      return new HandMadeGguf().u64(1).u32(9).bytes();
    }
  };

  private static final int LENGTH = 100_000_000;

  private final String begin;
  private final String repeated;

  LargeGguf(HandMadeGguf begin, String repeated) {
    this.begin = new String(begin.bytes(), StandardCharsets.ISO_8859_1);
    this.repeated =
        new String(new HandMadeGguf().text(repeated).bytes(), StandardCharsets.ISO_8859_1);
  }

  byte[] piece(int i) {
    return repeated.getBytes(StandardCharsets.ISO_8859_1);
  }

  void write(Path file) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
      int written = begin.length();
      for (int i = 0; written < LENGTH; i++) {
        byte[] piece = piece(i);
        out.write(piece);
        written += piece.length;
      }
      out.write(new byte[8]);
    }
  }
}
