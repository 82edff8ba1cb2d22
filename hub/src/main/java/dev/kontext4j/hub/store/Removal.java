package dev.kontext4j.hub.store;

import dev.kontext4j.hub.fetch.Unfinished;
import dev.kontext4j.hub.lock.ModelSet;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Removes a set: its files, the links to those of other programs (and never those files), and what
/// has come of files that were not whole. What else lies in its folder stays.
public record Removal(ModelsFolder models) {

  public void of(ModelSet set) throws IOException {
    for (ModelSet.Part part : set.parts()) {
      Path place = models.of(set, part);
      Files.deleteIfExists(place);
      deleteEmpty(place.getParent(), models.path());
      if (part instanceof ModelSet.Fetched fetched) {
        Unfinished.delete(models.unfinished(fetched.file()));
      }
    }
  }

  /// Deletes folders that have nothing in them any more, up to `end`.
  private static void deleteEmpty(@Nullable Path folder, Path end) throws IOException {
    for (Path at = folder; at != null && !at.equals(end); at = at.getParent()) {
      try {
        Files.delete(at);
      } catch (DirectoryNotEmptyException | NoSuchFileException _) {
        return;
      }
    }
  }
}
