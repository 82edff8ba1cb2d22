package dev.kontext4j.engine.internal.torch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// The smallest library with CUDA kernels that there can be: an ELF file with their container, made
/// by hand.
final class Fatbin {
  private static final int SECTION = 64;
  private static final int NAMES = 0x100;
  private static final int KERNELS = 0x200;
  private static final int SECTIONS = 0x1000;
  private static final int CUBIN = 2;
  private static final int PTX = 1;

  private final ByteBuffer bytes = ByteBuffer.allocate(0x2000).order(ByteOrder.LITTLE_ENDIAN);
  private int end = KERNELS + 16;

  Fatbin() {
    bytes.putInt(0, 0x464C457F);
    bytes.putLong(40, SECTIONS).putShort(58, (short) SECTION);
    bytes.putShort(60, (short) 3).putShort(62, (short) 2);
    bytes.put(NAMES, "\0.text\0.nv_fatbin\0".getBytes(US_ASCII));
    section(1, 7, KERNELS);
    section(2, 1, NAMES);
    bytes.putInt(KERNELS, 0xBA55ED50).putShort(KERNELS + 4, (short) 1);
    bytes.putShort(KERNELS + 6, (short) 16);
  }

  private void section(int index, int name, long place) {
    int at = SECTIONS + index * SECTION;
    bytes.putInt(at, name).putLong(at + 24, place).putLong(at + 32, 0x100);
  }

  Fatbin compiled(int architecture) {
    return entry(CUBIN, 64, architecture);
  }

  Fatbin portable(int architecture) {
    return entry(PTX, 112, architecture); // headers have different lengths
  }

  private Fatbin entry(int kind, int header, int architecture) {
    int size = 24;
    bytes.putShort(end, (short) kind).putInt(end + 4, header).putLong(end + 8, size);
    bytes.putInt(end + 28, architecture);
    end += header + size;
    bytes.putLong(KERNELS + 8, end - KERNELS - 16);
    return this;
  }

  byte[] bytes() {
    return bytes.array().clone();
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
