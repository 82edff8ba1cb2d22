package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.cli.source.InputPicture;
import dev.kontext4j.cli.source.PictureSource;
import dev.kontext4j.sampler.picture.PictureException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The pictures that a recipe speaks of: those that the user names, or files of their names beside
/// the picture and in the current folder. Whatever they are called, their content decides.
final class FoundPictures {
  private final List<InputPicture> named;
  private final List<Path> folders;
  private final PictureReader reader;

  /// @param named by the user
  /// @param beside where else to look
  FoundPictures(List<InputPicture> named, Path beside, AlphaMode alpha) {
    this.named = named;
    this.folders = List.of(beside, Path.of(""));
    this.reader = new PictureReader(alpha);
  }

  /// The pictures, in the recipe's order.
  List<InputPicture> all(List<Recipe.Used> wanted) {
    var found = new ArrayList<InputPicture>();
    for (Recipe.Used used : wanted) {
      found.add(
          Stream.concat(named.stream(), beside(used.name()))
              .filter(picture -> picture.sha256().equals(used.sha256()))
              .findFirst()
              .orElseThrow(() -> missing(used)));
    }
    return found;
  }

  /// Files of a name. Of a path in a recipe, which may be a stranger's, only the last part counts.
  private Stream<InputPicture> beside(String name) {
    return folders.stream()
        .flatMap(folder -> file(folder, name).stream())
        .flatMap(file -> read(file).stream());
  }

  private static Optional<Path> file(Path folder, String name) {
    try {
      return Optional.ofNullable(Path.of(name).getFileName())
          .map(folder::resolve)
          .filter(Files::isRegularFile);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private Optional<InputPicture> read(Path file) {
    try {
      return Optional.of(InputPicture.read(new PictureSource.LocalFile(file), reader));
    } catch (PictureException _) {
      return Optional.empty(); // no picture, so not the one
    }
  }

  private static InputException missing(Recipe.Used used) {
    return new InputException(
        "%s (%s, sha256 %s...) went into the picture and is not found; name it behind the picture"
            .formatted(used.name(), used.size(), used.sha256().digits().substring(0, 12)));
  }
}
