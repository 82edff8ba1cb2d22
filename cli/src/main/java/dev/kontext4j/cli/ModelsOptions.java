package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.lock.ModelsLock;
import dev.kontext4j.hub.store.ModelsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the commands about model files have in common.
final class ModelsOptions {
  @Option(
      names = "--lock",
      paramLabel = "FILE",
      description =
          "Another list of files and sets, written as models.lock of the sources (default: the one"
              + " in this program).")
  private @Nullable Path lock;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  ModelsLock lock() {
    if (lock == null) {
      return ModelsLock.packed();
    }
    try {
      return ModelsLock.read(lock.toString(), Files.readString(lock));
    } catch (IOException e) {
      throw new InputException(lock + " cannot be read: " + WriteException.reason(e));
    }
  }

  /// A set of the lock.
  static ModelSet set(ModelsLock lock, String name) {
    return lock.set(name)
        .orElseThrow(() ->
            new UsageException(
                "there is no set \"%s\"; there are %s"
                    .formatted(name, String.join(", ", lock.sets().keySet()))));
  }

  static ModelsFolder models() {
    return ModelsFolder.find(System::getenv, home());
  }

  static Path home() {
    return Path.of(System.getProperty("user.home"));
  }
}
