package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Texts that are kept in a folder, a file each under its key; the folder has a bound, and what was
/// not used for longest goes. Any number of processes may use it at once: files appear whole, and
/// one that has gone is a text that is not known. Whatever is wrong with the folder, an edit goes
/// on without it.
public final class TextFolder implements KnownTexts {
  /// Some 250 prompts for T5 of FLUX.1 in bf16.
  public static final long USUAL_BOUND = 1L << 30;

  /// How many texts wait for their hashes at most.
  private static final int WAITING = 16;

  private final BoundedFolder folder;
  private final TextKeys keys;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("known texts").unstarted(task));

  /// A text whose key is not known yet.
  private record Waiting(EncoderInput input, KeptText text) {}

  /// @param folder need not be there
  /// @param bound of all files together, in bytes
  public TextFolder(Path folder, long bound, KnownHashes hashes) {
    this.folder = new BoundedFolder(folder, bound);
    this.keys = new TextKeys(hashes);
  }

  /// What the texts in a folder take, in bytes.
  public static long bytes(Path folder) throws IOException {
    return BoundedFolder.bytes(folder);
  }

  @Override
  public synchronized Optional<Tensor> find(EncoderInput input) {
    return keys.of(input)
        .flatMap(key -> {
          Path file = folder.file(key);
          var found = KeptText.read(file, key);
          found.ifPresent(_ -> use(file));
          return found.map(KeptText::tensor);
        });
  }

  private static void use(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException _) {
      return; // then it seems to be older than it is
    }
  }

  /// Written while the caller goes on. Where the hashes of the weights are not known yet, it waits
  /// for them.
  @Override
  public synchronized void keep(EncoderInput input, Tensor made) {
    if (waiting.size() == WAITING) {
      waiting.removeFirst();
    }
    waiting.add(new Waiting(input, KeptText.of(made)));
    settle();
  }

  /// Writes what has been waiting for hashes that are known by now.
  @Override
  public synchronized void settle() {
    waiting.removeIf(text -> {
      var key = keys.of(text.input);
      key.ifPresent(found -> writer.execute(() -> write(found, text.text)));
      return key.isPresent();
    });
  }

  private void write(Sha256 key, KeptText text) {
    try {
      folder.write(key, text);
    } catch (IOException _) {
      return; // the next run encodes again
    }
  }

  /// Waits for what is being written, and for no hashes any longer.
  @Override
  public void close() {
    settle();
    forgetWaiting();
    writer.close();
  }

  private synchronized void forgetWaiting() {
    waiting.clear();
  }
}
