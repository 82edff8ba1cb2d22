package dev.kontext4j.hub.store;

import dev.kontext4j.hub.fetch.FetchException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// Holds a folder against other processes. A holder that dies lets go.
public final class OneAtATime implements AutoCloseable {
  private final FileChannel channel;

  private OneAtATime(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits until the folder is free.
  ///
  /// @param variable that names another folder
  /// @param working is told if that takes its time
  public static OneAtATime in(Path folder, String variable, Consumer<String> working) {
    try {
      Files.createDirectories(folder);
      var channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        working.accept("waiting for another kontext that works in " + folder);
        channel.lock();
      }
      return new OneAtATime(channel);
    } catch (IOException e) {
      throw new FetchException(
          "The folder %s cannot be written to (%s); choose another with %s"
              .formatted(folder, e.getMessage(), variable),
          e);
    }
  }

  public static OneAtATime in(ModelsFolder models, Consumer<String> working) {
    return in(models.path(), ModelsFolder.VARIABLE, working);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      return; // it goes with the process
    }
  }
}
