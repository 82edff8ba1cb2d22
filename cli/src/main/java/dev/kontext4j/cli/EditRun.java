package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.cli.output.DefaultName;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.progress.RunDisplay;
import dev.kontext4j.cli.progress.Timeline;
import dev.kontext4j.cli.recipe.ModelHash;
import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.MemoryPlan;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.text.KnownTexts;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// One run of a model with all that is around it: progress, files, recipes, the report.
///
/// @param references what recipes say of the pictures that are in the request
/// @param texts opens what is known of prompts
record EditRun(
    EditRequest request,
    Recipe.References references,
    ModelChoice model,
    Loras loras,
    Computing computing,
    MemoryWish memory,
    Supplier<KnownTexts> texts) {

  /// Makes the pictures, and returns what was made.
  ///
  /// @param notes what the user should know, once the model has been found good
  /// @param out for paths
  EditReport make(
      OutputOptions output,
      DefaultName name,
      List<String> notes,
      PrintWriter out,
      RunDisplay display,
      Progress previews) {
    var timeline = new Timeline();
    var encoding = working(output.encoding(name));
    var destination = output.destination(request.noise().seeds().size(), name);
    var latents = output.latents();
    display.preparing("reading the model");
    var files = model.files();
    var limit = memory.on(computing.device());
    try (var known = texts.get();
        var pipeline = KontextPipeline.open(files, computing, limit);
        var _ = loras.merge(pipeline, display::say)) {
      pipeline.know(known);
      var forecast = pipeline.forecast(request);
      var hash = hash(files, output.recipe(), known);
      var finished =
          new Finished(
              destination,
              encoding,
              hash.map(soon -> recipe(soon, forecast.plan(), display)),
              latents,
              path -> told(path, output, out, display),
              display::say);
      all(notes, output.withoutEffect(name)).forEach(display::say);
      memory.note(forecast, limit).ifPresent(display::say);
      SparedText.before(request, pipeline.shortcutBytes(request)).ifPresent(display::say);
      pipeline.edit(request, timeline.and(display).and(previews), finished);
      finished.end();
      timeline.end();
      SparedText.after(request.fast(), finished.spared()).forEach(display::say);
      display.done(timeline.totalSeconds());
      return new EditReport(finished.pictures(), timeline, request.fast());
    }
  }

  /// An encoder that does not work on this machine should be found out before the run.
  private static Encoding working(Encoding encoding) {
    try {
      encoding.encode(new Picture(1, 1, new byte[3]), Optional.empty());
      return encoding;
    } catch (IOException | LinkageError e) {
      throw new InputException(
          "This machine cannot write that kind of file (%s); choose another --format or name"
              .formatted(e.getMessage()));
    }
  }

  private static void told(String path, OutputOptions output, PrintWriter out, RunDisplay display) {
    if (output.paths()) {
      display.aside(() -> {
        out.println(path);
        out.flush();
      });
    }
  }

  private static List<String> all(List<String> notes, List<String> more) {
    var all = new ArrayList<>(notes);
    all.addAll(more);
    return all;
  }

  /// Begins to work the model's hash out if recipes tell it. What is known of prompts needs those
  /// of the text encoders in any case.
  private static Optional<CompletableFuture<Optional<ModelHash.Hashed>>> hash(
      ModelFiles files, boolean recipe, KnownTexts known) {
    if (recipe) {
      return Optional.of(ModelHash.begin(files, known::settle));
    }
    if (known != KnownTexts.NONE) {
      ModelHash.beginText(files, known::settle);
    }
    return Optional.empty();
  }

  private RunRecipe recipe(
      CompletableFuture<Optional<ModelHash.Hashed>> hash, MemoryPlan plan, RunDisplay display) {
    return new RunRecipe(
        request, references, model.name(), hash, loras, computing, plan.vae(), display::say);
  }
}
