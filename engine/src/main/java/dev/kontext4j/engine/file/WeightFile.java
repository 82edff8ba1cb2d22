package dev.kontext4j.engine.file;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.BlockType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/// One file of weights, of whatever format: its header, checked against every rule of the format,
/// and its data mapped into memory.
///
/// The mapping lives until this file and every [Lease] on it are closed. A closed file hands out
/// nothing more; what was handed out under a lease stays readable.
public abstract class WeightFile implements AutoCloseable {
  private final Path path;
  private final Header header;
  private final MappedFile mapped;
  private final Lease own;

  protected WeightFile(Path path, Header header, MappedFile mapped) {
    this.path = path;
    this.header = header;
    this.mapped = mapped;
    this.own = new Lease(mapped);
  }

  /// What a file says before its data begin.
  ///
  /// @param metadata free texts
  /// @param tensors by name, in the order of their data
  /// @param dataBegin where the data area begins in the file
  public record Header(
      Map<String, String> metadata, Map<String, TensorEntry> tensors, long dataBegin) {}

  /// Reads the header of a file, and maps the file if that is in order.
  ///
  /// @throws CheckpointException if the file is missing or unreadable
  protected static <F extends WeightFile> F open(Path path, HeaderReader headers, Maker<F> maker) {
    try {
      var channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        var header = headers.read(path, channel);
        return maker.make(path, header, MappedFile.open(path, channel));
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw Refusal.unreadable(path, e);
    }
  }

  /// Reads a header, and checks it against every rule of its format.
  @FunctionalInterface
  protected interface HeaderReader {
    Header read(Path path, FileChannel channel) throws IOException;
  }

  /// The constructor of a format.
  @FunctionalInterface
  protected interface Maker<F extends WeightFile> {
    F make(Path path, Header header, MappedFile mapped);
  }

  public Path path() {
    return path;
  }

  /// The free texts of the header.
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
    requireKnown(entry);
    checkOpen();
    return mapped.slice(header.dataBegin() + entry.begin(), entry.byteCount());
  }

  /// Fills a buffer with bytes of a tensor, from `offset` on, by plain reads and not through the
  /// mapping: a file that was cut short meanwhile is an error then, and does not end the process.
  ///
  /// @throws CheckpointException if the file cannot be read, or ends too early
  public void read(TensorEntry entry, long offset, ByteBuffer into) {
    requireKnown(entry);
    checkOpen();
    Objects.checkFromIndexSize(offset, into.remaining(), entry.byteCount());
    try {
      long end = mapped.read(header.dataBegin() + entry.begin() + offset, into);
      if (end >= 0) {
        throw Refusal.of(
            path,
            "was cut short while it was in use: it ends at byte %d, within %s; download it again"
                .formatted(end, Refusal.quoted(entry.name())));
      }
    } catch (IOException e) {
      throw Refusal.unreadable(path, e);
    }
  }

  private void requireKnown(TensorEntry entry) {
    if (!entry.equals(tensors().get(entry.name()))) {
      throw new IllegalArgumentException(entry + " is not of " + path);
    }
    if (entry.dtype().isEmpty() && entry.blocks().isEmpty()) {
      throw Refusal.of(
          path,
          "tensor %s has elements of type %s; expected one of %s or %s: get another version of the model"
              .formatted(
                  Refusal.quoted(entry.name()),
                  entry.dtypeName(),
                  Arrays.toString(DType.values()),
                  Arrays.toString(BlockType.values())));
    }
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
