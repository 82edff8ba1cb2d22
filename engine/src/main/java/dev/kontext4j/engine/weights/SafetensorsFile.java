package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;

/// One safetensors file, checked against every rule of the format and mapped into memory.
///
/// The mapping lives until this file and every [Lease] on it are closed. A closed file hands out
/// nothing more; what was handed out under a lease stays readable.
public final class SafetensorsFile implements AutoCloseable {
  private final Path path;
  private final SafetensorsHeader header;
  private final MappedFile mapped;
  private final Lease own;

  private SafetensorsFile(Path path, SafetensorsHeader header, MappedFile mapped) {
    this.path = path;
    this.header = header;
    this.mapped = mapped;
    this.own = new Lease(mapped);
  }

  /// Opens a file; reads its header and none of its data.
  ///
  /// @throws CheckpointException if the file is missing, unreadable, or breaks a rule of the format
  public static SafetensorsFile open(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw Refusal.of(path, "is not a file: give a .safetensors file");
    }
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      var header = SafetensorsHeader.read(path, channel);
      return new SafetensorsFile(path, header, MappedFile.open(path, channel));
    } catch (IOException e) {
      throw Refusal.unreadable(path, e);
    }
  }

  public Path path() {
    return path;
  }

  /// The free texts of the header (`__metadata__`).
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /// All tensors by name, in the order of their data.
  public Map<String, TensorEntry> tensors() {
    return header.tensors();
  }

  /// The tensor of that name.
  ///
  /// @throws CheckpointException if the file has none
  public TensorEntry entry(String name) {
    var entry = tensors().get(name);
    if (entry == null) {
      throw Refusal.of(path, "has no tensor " + Refusal.quoted(name));
    }
    return entry;
  }

  /// The bytes of a tensor: a read-only slice of the mapping, nothing is copied. Not every writer
  /// aligns its data, so an element may lie at an odd address.
  ///
  /// @throws CheckpointException if the engine has no such element type
  public MemorySegment bytes(TensorEntry entry) {
    if (!entry.equals(tensors().get(entry.name()))) {
      throw new IllegalArgumentException(entry + " is not of " + path);
    }
    if (entry.dtype().isEmpty()) {
      throw Refusal.of(
          path,
          "tensor %s has elements of type %s; expected one of %s: get another version of the model"
              .formatted(
                  Refusal.quoted(entry.name()),
                  entry.dtypeName(),
                  Arrays.toString(DType.values())));
    }
    checkOpen();
    return mapped.slice(header.dataBegin() + entry.begin(), entry.byteCount());
  }

  /// Keeps the file mapped beyond [#close()].
  public Lease lease() {
    checkOpen();
    return mapped.lease();
  }

  @Override
  public void close() {
    own.close();
  }

  private void checkOpen() {
    if (own.isClosed()) {
      throw new ClosedFileException(path + ": used after it was closed");
    }
  }
}
