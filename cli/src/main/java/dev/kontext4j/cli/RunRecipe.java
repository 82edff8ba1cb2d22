package dev.kontext4j.cli;

import dev.kontext4j.cli.lora.LoraChoice;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.recipe.ModelHash;
import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.cli.source.InputPicture;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.Libtorch;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.EditResult;
import dev.kontext4j.vae.Tiling;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The recipes of a run's pictures.
final class RunRecipe {
  private static final int PATIENCE = 2; // seconds

  private final EditRequest request;
  private final Recipe.References references;
  private final String model;
  private final CompletableFuture<Optional<ModelHash.Hashed>> hash;
  private final Recipe.Loras loras;
  private final Computing computing;
  private final Tiling tiling;
  private final Consumer<String> notes;

  /// @param model what to call it
  /// @param hash that of the model, which is worked out while the run goes on
  /// @param notes is told what the user should know
  RunRecipe(
      EditRequest request,
      Recipe.References references,
      String model,
      CompletableFuture<Optional<ModelHash.Hashed>> hash,
      Loras loras,
      Computing computing,
      Tiling tiling,
      Consumer<String> notes) {
    this.request = request;
    this.references = references;
    this.model = model;
    this.hash = hash;
    this.loras =
        new Recipe.Loras(
            loras.choices().stream().map(RunRecipe::lora).toList(), loras.packsAgain());
    this.computing = computing;
    this.tiling = tiling;
    this.notes = notes;
  }

  /// What recipes say of the pictures that go in, which are those of a request.
  static Recipe.References references(
      List<InputPicture> pictures, EditRequest request, AlphaMode alpha) {
    var used =
        pictures.stream()
            .map(p -> new Recipe.Used(p.source().label(), p.sha256(), p.picture().size()))
            .toList();
    return new Recipe.References(used, request.referenceFit(), request.placement(), alpha);
  }

  private static Recipe.Lora lora(LoraChoice choice) {
    try {
      return new Recipe.Lora(
          choice.name(), choice.sha256(), choice.scale(), choice.blocks().text());
    } catch (IOException e) {
      throw new CheckpointException(choice.file() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// The recipe of a picture.
  ///
  /// @param i its place in the run
  Recipe of(int i, EditResult result) {
    var noise = request.noise();
    return new Recipe(
        request.prompt(),
        request.negative(),
        request.maxTokens(),
        references,
        result.picture().size(),
        Recipe.hash(result.picture()),
        request.steps(),
        request.guidance(),
        request.fast(),
        new Recipe.Noise(result.seed(), noise.type(computing.dtype()), noise.batch(i)),
        hash()
            .map(known -> new Recipe.Model(model, Optional.of(known.whole()), known.parts()))
            .orElseGet(() -> new Recipe.Model(model, Optional.empty(), Map.of())),
        loras,
        machine());
  }

  /// Weights that have never been read through take their time.
  private Optional<ModelHash.Hashed> hash() {
    try {
      return hash.get(PATIENCE, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException _) {
      notes.accept("the model's checksum is worked out, once, for the picture's recipe");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return hash.join();
  }

  private Recipe.Machine machine() {
    return new Recipe.Machine(
        Version.number(),
        Libtorch.version(),
        computing.device().toString(),
        computing.dtype(),
        computing.precision(),
        tiling,
        computing.device().isCpu() ? OptionalInt.of(Libtorch.threads()) : OptionalInt.empty());
  }
}
