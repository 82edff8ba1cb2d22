package dev.kontext4j.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Walks through the fields of a protobuf message: [#next], then exactly one of the others.
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final Path file;
  private final ByteBuffer data;
  private int field;
  private int wireType;

  ProtoMessage(Path file, byte[] bytes) {
    this(file, ByteBuffer.wrap(bytes));
  }

  private ProtoMessage(Path file, ByteBuffer data) {
    this.file = file;
    this.data = data.order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Steps to the next field; false at the end.
  boolean next() {
    if (!data.hasRemaining()) {
      return false;
    }
    long tag = rawVarint();
    wireType = (int) (tag & 7);
    field = (int) (tag >>> 3);
    return true;
  }

  int field() {
    return field;
  }

  long varint() {
    require(wireType == VARINT);
    return rawVarint();
  }

  float float32() {
    require(wireType == FIXED32 && data.remaining() >= Float.BYTES);
    return data.getFloat();
  }

  byte[] bytes() {
    var slice = slice();
    byte[] bytes = new byte[slice.remaining()];
    slice.get(bytes);
    return bytes;
  }

  String string() {
    return StandardCharsets.UTF_8.decode(slice()).toString();
  }

  ProtoMessage message() {
    return new ProtoMessage(file, slice());
  }

  void skip() {
    switch (wireType) {
      case VARINT -> rawVarint();
      case FIXED64 -> advance(Long.BYTES);
      case BYTES -> slice();
      case FIXED32 -> advance(Float.BYTES);
      default -> require(false);
    }
  }

  private ByteBuffer slice() {
    require(wireType == BYTES);
    long length = rawVarint();
    require(length >= 0 && length <= data.remaining());
    var slice = data.slice(data.position(), (int) length);
    advance((int) length);
    return slice;
  }

  private void advance(int count) {
    require(count <= data.remaining());
    data.position(data.position() + count);
  }

  private long rawVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(data.hasRemaining());
      byte next = data.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged();
  }

  private void require(boolean condition) {
    if (!condition) {
      throw damaged();
    }
  }

  private TokenizerException damaged() {
    return TokenizerException.damaged(
        file, "not a sentencepiece model (byte " + data.position() + " of a message)", null);
  }
}
