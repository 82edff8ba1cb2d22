package dev.kontext4j.hub.store;

import dev.kontext4j.hub.lock.ModelSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much of a set is here.
///
/// @param here how many of its parts
/// @param bytes that they have, wherever they are
public record SetState(ModelSet set, Path folder, int here, long bytes) {

  public static SetState of(ModelsFolder models, ModelSet set) {
    var here = set.parts().stream().filter(part -> models.has(set, part)).toList();
    long bytes = here.stream().mapToLong(part -> size(models.of(set, part))).sum();
    return new SetState(set, models.of(set), here.size(), bytes);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isWhole() {
    return here == set.parts().size();
  }

  public boolean isAbsent() {
    return here == 0;
  }
}
