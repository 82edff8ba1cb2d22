package dev.kontext4j.sampler;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Storage;
import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.sampler.plan.Demand;
import dev.kontext4j.sampler.plan.ModelSizes;
import dev.kontext4j.sampler.plan.TextSizes;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import dev.kontext4j.tokenizer.T5Tokenizer;
import dev.kontext4j.transformer.clip.ClipTextEncoder;
import dev.kontext4j.transformer.flux.FluxConfig;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.flux.TokenCounts;
import dev.kontext4j.transformer.t5.StatesMemory;
import dev.kontext4j.transformer.t5.T5Encoder;
import dev.kontext4j.vae.AutoEncoder;
import dev.kontext4j.vae.VaeConfig;
import java.util.Collection;
import java.util.stream.LongStream;

/// A model as a planner sees it: what its headers and configs say, and nothing of its weights.
///
/// @param textTokens as many as T5 makes of a prompt
public record ModelSurvey(
    ModelSizes sizes, NativeSizes nativeSizes, int textTokens, SchedulerConfig scheduler) {
  private static final int PUBLISHED_TEXT = 512;

  /// Of the files of a model.
  public static ModelSurvey of(ModelFiles model, Computing computing) {
    try (var flux = FluxTransformer.open(model.part(PartKind.TRANSFORMER), computing);
        var t5 = T5Encoder.open(model.part(PartKind.T5), computing);
        var clip = ClipTextEncoder.open(model.part(PartKind.CLIP), computing);
        var vae = AutoEncoder.open(model.part(PartKind.VAE), computing)) {
      return of(model, flux, vae, TextSizes.of(clip, t5));
    }
  }

  /// Of a model whose networks are open.
  static ModelSurvey of(
      ModelFiles model,
      ModelPart<FluxTransformer> flux,
      ModelPart<AutoEncoder> vae,
      TextSizes text) {
    var config = vae.network().config();
    long autoencoder = vae.sizes().stream().mapToLong(GroupSize::kept).sum();
    return new ModelSurvey(
        new ModelSizes(flux.network().config(), flux.sizes(), text, config, autoencoder),
        model.sizes(tokenSide(config)),
        T5Tokenizer.length(model.tokenizers().t5()),
        model.schedulerConfig());
  }

  /// Of FLUX.1 Kontext [dev], which need not be here.
  ///
  /// @param transformer how its matrices are stored
  /// @param t5 how those of T5 are
  public static ModelSurvey published(Storage transformer, Storage t5, DType dtype) {
    var sizes =
        new ModelSizes(
            FluxConfig.PUBLISHED,
            FluxTransformer.publishedSizes(transformer, dtype),
            new TextSizes(
                T5Encoder.publishedSizes(t5, dtype),
                StatesMemory.PUBLISHED,
                numbers(ClipTextEncoder.publishedParameters().values()) * dtype.bytes()),
            VaeConfig.PUBLISHED,
            numbers(AutoEncoder.publishedParameters().values()) * dtype.bytes());
    return new ModelSurvey(sizes, NativeSizes.KONTEXT, PUBLISHED_TEXT, SchedulerConfig.KONTEXT);
  }

  private static long numbers(Collection<long[]> shapes) {
    return shapes.stream()
        .mapToLong(shape -> LongStream.of(shape).reduce(1, (a, b) -> a * b))
        .sum();
  }

  private static int tokenSide(VaeConfig vae) {
    return vae.downsampling() * LatentTokens.PATCH;
  }

  /// What a request asks of this model.
  public Demand demand(EditRequest request) {
    int side = tokenSide(sizes.vae());
    var output = request.outputSize(nativeSizes, side);
    var references = request.referenceSizes(nativeSizes, side);
    int noise = Grid.of(output, side).tokens();
    long text = Math.min(textTokens, request.maxTokens().orElse(textTokens));
    return new Demand(
        new TokenCounts(text, noise, tokens(references, side)),
        output,
        references,
        request.steps().schedule(scheduler, noise).steps(),
        request.prompts().size(),
        request.fast());
  }

  private static long tokens(Collection<Size> pictures, int side) {
    return pictures.stream().mapToLong(size -> Grid.of(size, side).tokens()).sum();
  }
}
