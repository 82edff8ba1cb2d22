package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/// A file of blocks of various sizes, three tensors each, whose checksums are known.
final class BlockFile implements AutoCloseable {
  private static final List<String> PARTS = List.of("first", "second", "third");

  private final Path path;
  private final Checkpoint checkpoint;
  private final List<Cargo> cargos = new ArrayList<>();
  private final List<Long> checksums = new ArrayList<>();

  private BlockFile(Path path, Checkpoint checkpoint) {
    this.path = path;
    this.checkpoint = checkpoint;
  }

  /// Writes and opens a file.
  ///
  /// @param unit a block's tensors have one to five times that many bytes
  static BlockFile in(Path folder, int blocks, int unit) throws IOException {
    var random = new Random(blocks);
    Path path = folder.resolve("blocks.safetensors");
    var writer = SafetensorsWriter.to(path);
    var checksums = new ArrayList<Long>();
    for (int i = 0; i < blocks; i++) {
      var checksum = new CRC32();
      for (String part : PARTS) {
        var bytes = new byte[unit * (1 + random.nextInt(5)) + random.nextInt(unit)];
        random.nextBytes(bytes);
        checksum.update(bytes);
        writer.tensor(
            name(i, part), DType.U8, List.of((long) bytes.length), sink -> sink.write(bytes));
      }
      checksums.add(checksum.getValue());
    }
    writer.write();
    var file = new BlockFile(path, Checkpoint.open(path));
    file.checksums.addAll(checksums);
    for (int i = 0; i < blocks; i++) {
      var cargo = new Cargo("block " + i);
      for (String part : PARTS) {
        cargo.add(file.checkpoint, name(i, part));
      }
      file.cargos.add(cargo);
    }
    return file;
  }

  private static String name(int block, String part) {
    return block + "." + part;
  }

  Path path() {
    return path;
  }

  List<Cargo> cargos() {
    return cargos;
  }

  long largest() {
    return cargos.stream().mapToLong(Cargo::bytes).max().orElseThrow();
  }

  /// The tensors of a block, in the innermost open scope.
  List<Tensor> tensors(int block, Slot slot) {
    return PARTS.stream().map(part -> tensor(slot, name(block, part))).toList();
  }

  private static Tensor tensor(Slot slot, String name) {
    return slot.tensor(name, DType.U8, slot.entry(name).sizes());
  }

  /// Fails if these are not the tensors of that block, every byte.
  void check(int block, List<Tensor> tensors) {
    var checksum = new CRC32();
    tensors.forEach(tensor -> checksum.update(tensor.toBytes()));
    if (checksum.getValue() != checksums.get(block)) {
      throw new AssertionError("block " + block + " is stale or torn");
    }
  }

  /// Takes a block, looks at every byte, and gives it back.
  void pass(Ring ring, int block) {
    Slot slot = ring.take(block);
    try (var _ = Scope.open()) {
      check(block, tensors(block, slot));
    }
    ring.giveBack(slot);
  }

  @Override
  public void close() {
    checkpoint.close();
  }
}
