package dev.kontext4j.hub.store;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a user's models are: a folder a set, and what is not whole yet apart from them. What
/// stands in a set's folder came whole and with the right hash.
public record ModelsFolder(Path path) {
  public static final String VARIABLE = "KONTEXT4J_MODELS";

  /// What the environment says, else `kontext4j/models` where the user's data is.
  public static ModelsFolder find(Function<String, @Nullable String> variables, Path home) {
    String own = variables.apply(VARIABLE);
    if (own != null && !own.isBlank()) {
      return new ModelsFolder(Path.of(own).toAbsolutePath());
    }
    String data = variables.apply("XDG_DATA_HOME");
    Path all = data == null || data.isBlank() ? home.resolve(".local/share") : Path.of(data);
    return new ModelsFolder(all.toAbsolutePath().resolve("kontext4j/models"));
  }

  public Path of(ModelSet set) {
    return path.resolve(set.name());
  }

  public Path of(ModelSet set, ModelSet.Part part) {
    return of(set).resolve(part.place());
  }

  /// Where what has come of a file waits for the rest.
  Path unfinished(LockedFile file) {
    byte[] key = file.key().getBytes(StandardCharsets.UTF_8);
    return path.resolve(".unfinished").resolve(Sha256.of(key).digits().substring(0, 24));
  }

  /// Whether all of a set is here, as far as sizes tell.
  public boolean has(ModelSet set) {
    return set.parts().stream().allMatch(part -> has(set, part));
  }

  /// Whether a part is here, as far as its size tells.
  public boolean has(ModelSet set, ModelSet.Part part) {
    Path file = of(set, part);
    try {
      return Files.isRegularFile(file)
          && switch (part) {
            case ModelSet.Fetched(_, LockedFile locked) ->
                locked.size().orElse(Files.size(file)) == Files.size(file);
            case ModelSet.Written _ -> true;
          };
    } catch (IOException _) {
      return false;
    }
  }
}
