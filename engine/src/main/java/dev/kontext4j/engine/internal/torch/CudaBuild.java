package dev.kontext4j.engine.internal.torch;

import dev.kontext4j.engine.ComputeCapability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The cards that a library with CUDA kernels was compiled for.
///
/// They stand in its ELF section `.nv_fatbin`: one container a source file, each with the same
/// kernels for one architecture after the other. The first container tells, and is read without
/// loading the library.
///
/// @param compiled ready to run
/// @param portable as PTX, which the driver compiles for any later card
record CudaBuild(List<ComputeCapability> compiled, List<ComputeCapability> portable) {
  private static final int ELF_MAGIC = 0x464C457F;
  private static final int SECTION_HEADER = 64;
  private static final String SECTION = ".nv_fatbin";
  private static final int FATBIN_MAGIC = 0xBA55ED50;
  private static final int PTX = 1;
  private static final int ENTRY = 32; // bytes up to and with the architecture
  private static final int MOST = 64; // of entries, and of kB of section names

  /// What a file says; nothing if it is of another kind.
  static Optional<CudaBuild> of(Path library) {
    try (var file = FileChannel.open(library)) {
      long place = section(file);
      return place < 0 ? Optional.empty() : Optional.of(container(file, place));
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException _) {
      return Optional.empty(); // places that are none
    }
  }

  boolean runsOn(ComputeCapability card) {
    return compiled.stream().anyMatch(card::runs)
        || portable.stream().anyMatch(least -> card.compareTo(least) >= 0);
  }

  /// Such as `7.5, 8.0, 9.0`.
  String words() {
    var all = new TreeSet<>(compiled);
    all.addAll(portable);
    return all.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /// Where the section begins in the file, or -1.
  private static long section(FileChannel file) throws IOException {
    var header = read(file, 0, 64);
    int size = header.getShort(58);
    if (header.getInt(0) != ELF_MAGIC || size != SECTION_HEADER) {
      return -1;
    }
    int count = Short.toUnsignedInt(header.getShort(60));
    var sections = read(file, header.getLong(40), size * count);
    int names = Short.toUnsignedInt(header.getShort(62)) * size; // the section with the names
    int length = (int) Math.min(sections.getLong(names + 32), MOST << 10);
    var text = read(file, sections.getLong(names + 24), length);
    for (int i = 0; i < count; i++) {
      if (isNamed(text, sections.getInt(i * size))) {
        return sections.getLong(i * size + 24);
      }
    }
    return -1;
  }

  private static boolean isNamed(ByteBuffer text, int at) {
    int i = 0;
    while (i < SECTION.length() && text.get(at + i) == SECTION.charAt(i)) {
      i++;
    }
    return i == SECTION.length() && text.get(at + i) == 0;
  }

  /// A header of 16 bytes with the length of what follows, and entries with headers of their own.
  private static CudaBuild container(FileChannel file, long place) throws IOException {
    var header = read(file, place, 16);
    if (header.getInt(0) != FATBIN_MAGIC) {
      throw new IOException("no container");
    }
    var compiled = new TreeSet<ComputeCapability>();
    var portable = new TreeSet<ComputeCapability>();
    long at = place + Short.toUnsignedInt(header.getShort(6));
    long end = at + header.getLong(8);
    for (int i = 0; i < MOST && at < end; i++) {
      var entry = read(file, at, ENTRY);
      var kind = entry.getShort(0) == PTX ? portable : compiled;
      kind.add(ComputeCapability.of(entry.getInt(28)));
      at += entry.getInt(4) + entry.getLong(8);
    }
    return new CudaBuild(List.copyOf(compiled), List.copyOf(portable));
  }

  private static ByteBuffer read(FileChannel file, long place, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, place + bytes.position()) < 0) {
        throw new IOException("the file ends early");
      }
    }
    return bytes.flip();
  }
}
