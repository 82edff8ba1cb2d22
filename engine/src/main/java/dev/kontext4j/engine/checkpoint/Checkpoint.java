package dev.kontext4j.engine.checkpoint;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.Lease;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.TensorEntry;
import dev.kontext4j.engine.file.WeightFile;
import dev.kontext4j.engine.gguf.GgufFile;
import dev.kontext4j.engine.safetensors.SafetensorsFile;
import dev.kontext4j.engine.safetensors.ShardIndex;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All tensors of one model or part of a model, by name, whichever of its files holds them: one
/// file, the shards of an index, or the files of a folder.
///
/// Owns its files: closing it closes them, and each stays mapped while a lease on it lives.
public final class Checkpoint implements StoredBytes, AutoCloseable {
  private final Path path;
  private final List<WeightFile> files;
  private final Map<String, Located> tensors;

  private record Located(WeightFile file, TensorEntry entry) {}

  private Checkpoint(Path path, List<WeightFile> files, Map<String, Located> tensors) {
    this.path = path;
    this.files = List.copyOf(files);
    this.tensors = tensors;
  }

  /// Opens a file, an index (`*.safetensors.index.json`), or a folder that holds one or the other.
  ///
  /// @throws CheckpointException if something is missing, damaged, twice there, or not to be
  ///   trusted
  public static Checkpoint open(Path path) {
    if (!Files.isDirectory(path)) {
      boolean isIndex = path.toString().endsWith(ShardIndex.SUFFIX);
      return isIndex ? indexed(path, path) : of(path, List.of(path), Optional.empty());
    }
    var choice = CheckpointFolder.choose(path);
    return choice
        .index()
        .map(index -> indexed(path, index))
        .orElseGet(() -> of(path, choice.files(), Optional.empty()));
  }

  /// The tensors whose names begin with a prefix, under the rest of their names. Takes this
  /// checkpoint over: closing the part closes it.
  ///
  /// @param others names that begin with one of these belong to other parts
  public Checkpoint part(String prefix, List<String> others) {
    if (prefix.isEmpty() && others.isEmpty()) {
      return this;
    }
    var part = new LinkedHashMap<String, Located>();
    tensors.forEach((name, located) -> {
      if (name.startsWith(prefix) && others.stream().noneMatch(name::startsWith)) {
        part.put(name.substring(prefix.length()), located);
      }
    });
    return new Checkpoint(path, files, part);
  }

  @Override
  public Path path() {
    return path;
  }

  public List<WeightFile> files() {
    return files;
  }

  /// All names, file by file, in the order of their data.
  public Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  public Optional<TensorEntry> find(String name) {
    return Optional.ofNullable(tensors.get(name)).map(Located::entry);
  }

  @Override
  public TensorEntry entry(String name) {
    return located(name).entry();
  }

  /// The file that holds a tensor.
  public WeightFile file(String name) {
    return located(name).file();
  }

  /// As [WeightFile#bytes].
  public MemorySegment bytes(String name) {
    var located = located(name);
    return located.file().bytes(located.entry());
  }

  /// On the CPU: the mapped file itself, which stays mapped as long as the tensor or one that
  /// shares its elements lives; a copy where elements do not lie as libtorch expects it.
  @Override
  public Tensor bytes(String name, DType dtype, long[] shape) {
    var located = located(name);
    long address = bytes(name).address();
    try (var lease = located.file().lease()) {
      return address % dtype.bytes() == 0
          ? Tensor.borrowing(address, dtype, shape, Device.CPU, lease)
          : Tensor.copying(address, dtype, shape);
    }
  }

  @Override
  public boolean hasRows(String name) {
    return bytes(name).address() % entry(name).dtype().orElseThrow().bytes() == 0;
  }

  /// Its pages leave this process's memory, and come back from the file by themselves when they are
  /// read after all.
  @Override
  public void release(String name) {
    var bytes = bytes(name);
    if (bytes.byteSize() > 0) {
      bytes.unload();
    }
  }

  /// Keeps the file of a tensor mapped beyond [#close()].
  public Lease lease(String name) {
    return located(name).file().lease();
  }

  @Override
  public void close() {
    files.forEach(WeightFile::close);
  }

  private static Checkpoint indexed(Path path, Path indexFile) {
    var index = ShardIndex.read(indexFile);
    return of(path, index.shards(), Optional.of(index));
  }

  private static Checkpoint of(Path path, List<Path> paths, Optional<ShardIndex> index) {
    var opened = new ArrayList<WeightFile>();
    try {
      paths.forEach(file -> opened.add(openFile(file)));
      index.ifPresent(known -> known.check(opened));
      return new Checkpoint(path, opened, union(opened));
    } catch (RuntimeException e) {
      opened.forEach(WeightFile::close);
      throw e;
    }
  }

  private static WeightFile openFile(Path path) {
    return GgufFile.isGguf(path) ? GgufFile.open(path) : SafetensorsFile.open(path);
  }

  private static Map<String, Located> union(List<WeightFile> files) {
    var tensors = new LinkedHashMap<String, Located>();
    for (WeightFile file : files) {
      for (TensorEntry entry : file.tensors().values()) {
        var before = tensors.putIfAbsent(entry.name(), new Located(file, entry));
        if (before != null) {
          throw Refusal.of(
              file.path(),
              "tensor %s is also in %s: remove one of the files, or name the one to use"
                  .formatted(Refusal.quoted(entry.name()), before.file().path().getFileName()));
        }
      }
    }
    return tensors;
  }

  private Located located(String name) {
    var located = tensors.get(name);
    if (located == null) {
      throw Refusal.of(path, "has no tensor " + Refusal.quoted(name));
    }
    return located;
  }
}
