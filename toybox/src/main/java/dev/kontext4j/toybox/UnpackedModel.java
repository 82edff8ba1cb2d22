package dev.kontext4j.toybox;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model's files, unpacked from resources into a folder of the cache.
///
/// What stands under the folder's name is whole: it is made under another name by the holder of the
/// cache's lock, and then moved. A copy that is whole is taken without lock or change.
///
/// @param resources by their paths within the model's folder
record UnpackedModel(FileIndex index, Function<String, @Nullable URL> resources) {

  /// The model's folder in this cache, or in a temporary folder if the cache cannot be written to.
  Path in(Path cache) {
    Path folder = cache.resolve(index.hash().digits());
    if (index.isWholeIn(folder)) {
      StaleModels.use(folder);
      return folder;
    }
    try {
      unpack(cache, folder);
      return folder;
    } catch (IOException e) {
      return temporary(cache, e);
    }
  }

  private void unpack(Path cache, Path folder) throws IOException {
    Files.createDirectories(cache);
    try (var file = FileChannel.open(cache.resolve("lock"), CREATE, WRITE);
        var _ = file.lock()) {
      if (index.isWholeIn(folder)) {
        return; // another process was faster
      }
      Path draft = cache.resolve(index.hash().digits() + ".draft");
      delete(draft); // of a process that was killed
      try {
        copyTo(draft);
        delete(folder); // a damaged one
        Files.move(draft, folder, ATOMIC_MOVE);
        new StaleModels(cache).sweep();
      } finally {
        delete(draft); // still there only if something failed
      }
    }
  }

  private Path temporary(Path cache, IOException why) {
    try {
      Path folder = Files.createTempDirectory("kontext4j-toybox-");
      deleteAtExit(folder); // what is written before a failure too
      copyTo(folder);
      return folder;
    } catch (IOException e) {
      e.addSuppressed(why);
      throw new CheckpointException(
          "The embedded model can be unpacked neither into %s (%s) nor into a temporary folder (%s); make room (%d MB), or name another folder with %s"
              .formatted(cache, why, e, index.bytes() / 1_000_000 + 1, CacheFolder.VARIABLE),
          e);
    }
  }

  private void deleteAtExit(Path folder) {
    folder.toFile().deleteOnExit(); // after what is in it, for deletion goes backwards
    for (FileIndex.Entry entry : index.entries()) {
      Path place = folder;
      for (Path name : Path.of(entry.path())) {
        place = place.resolve(name);
        place.toFile().deleteOnExit();
      }
    }
  }

  private void copyTo(Path folder) throws IOException {
    for (FileIndex.Entry entry : index.entries()) {
      Path file = folder.resolve(entry.path());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      try (var channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
        var content = ByteBuffer.wrap(content(entry));
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true); // a power cut must not leave the right size without the content
      }
    }
  }

  private byte[] content(FileIndex.Entry entry) throws IOException {
    URL url = resources.apply(entry.path());
    if (url == null) {
      throw damaged(entry);
    }
    try (var in = url.openStream()) {
      byte[] content = in.readAllBytes();
      if (!Sha256.of(content).equals(entry.sha256())) {
        throw damaged(entry);
      }
      return content;
    }
  }

  private static CheckpointException damaged(FileIndex.Entry entry) {
    return new CheckpointException(
        "The embedded model's " + entry.path() + " is missing or damaged; build kontext4j again");
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }
}
