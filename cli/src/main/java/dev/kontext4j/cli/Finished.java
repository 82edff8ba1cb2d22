package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.cli.output.Destination;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.sampler.EditResult;
import dev.kontext4j.sampler.PackedLatents;
import dev.kontext4j.sampler.Spared;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The pictures of a run, each written as soon as it is finished: what is done outlives whatever
/// happens to the rest.
final class Finished implements Consumer<EditResult> {
  private final Destination destination;
  private final Encoding encoding;
  private final Optional<RunRecipe> recipe;
  private final Optional<Path> latentsFile;
  private final Consumer<String> paths;
  private final Consumer<String> notes;
  private final List<Written> pictures = new ArrayList<>();
  private final List<PackedLatents> latents = new ArrayList<>();

  /// @param recipe to be written into each picture
  /// @param latentsFile for the latents of all pictures
  /// @param paths is told the file of each picture
  /// @param notes is told what the user should know
  Finished(
      Destination destination,
      Encoding encoding,
      Optional<RunRecipe> recipe,
      Optional<Path> latentsFile,
      Consumer<String> paths,
      Consumer<String> notes) {
    this.destination = destination;
    this.encoding = encoding;
    this.recipe = recipe;
    this.latentsFile = latentsFile;
    this.paths = paths;
    this.notes = notes;
  }

  /// A picture that is where it belongs.
  ///
  /// @param place its file, or standard output
  /// @param spared what was not computed
  /// @param pixels their hash
  /// @param recipe what it carries
  record Written(
      String place, long seed, Size size, Sha256 pixels, Optional<Recipe> recipe, Spared spared) {}

  @Override
  public void accept(EditResult result) {
    int number = pictures.size();
    var made = recipe.map(run -> run.of(number, result));
    var note = made.map(Recipe::json);
    if (note.isPresent() && !encoding.carries(note.get())) {
      notes.accept(
          "the recipe is too long for a JPEG and is left out; PNG and WebP have room for it");
    }
    String place = write(result.picture(), note.filter(encoding::carries));
    pictures.add(
        new Written(
            place,
            result.seed(),
            result.picture().size(),
            made.map(Recipe::pixels).orElseGet(() -> Recipe.hash(result.picture())),
            made,
            result.spared()));
    if (latentsFile.isPresent()) {
      latents.add(result.latents());
    }
    paths.accept(place);
  }

  private String write(Picture picture, Optional<String> note) {
    try {
      byte[] encoded = encoding.encode(picture, note);
      return destination.write(encoded).map(Path::toString).orElseGet(destination::name);
    } catch (IOException e) {
      throw new WriteException(destination.name(), e);
    }
  }

  /// Writes what only all pictures together make.
  void end() {
    latentsFile.ifPresent(file -> {
      try {
        LatentsFile.write(file, latents);
      } catch (IOException e) {
        throw new WriteException(file.toString(), e);
      }
    });
  }

  /// Of all pictures together.
  Spared spared() {
    return pictures.stream().map(Written::spared).reduce(Spared.NONE, Spared::plus);
  }

  List<Written> pictures() {
    return pictures;
  }
}
