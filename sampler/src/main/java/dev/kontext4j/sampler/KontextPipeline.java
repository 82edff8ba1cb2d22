package dev.kontext4j.sampler;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.sampler.plan.MemoryForecast;
import dev.kontext4j.sampler.plan.Planner;
import dev.kontext4j.sampler.plan.Planning;
import dev.kontext4j.sampler.plan.Start;
import dev.kontext4j.sampler.text.KnownTexts;
import dev.kontext4j.transformer.flux.ReferenceCache;
import dev.kontext4j.transformer.flux.StepWork;
import dev.kontext4j.transformer.flux.TokenCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// A model that is ready to edit pictures, one request after the other, on the thread that calls.
///
/// Owns the transformer's and the VAE's weights until it is closed; those of the text encoders are
/// opened for each request with a prompt that is not known, and leave before the first step.
public final class KontextPipeline implements AutoCloseable {
  private final Computing computing;
  private final Networks networks;
  private final TextEncoders text;
  private final ModelSurvey survey;
  private final Endurance endurance;
  private final Preview preview = new Preview(this::latent);
  private Start start = Start.COLD;

  private KontextPipeline(
      Computing computing,
      Networks networks,
      TextEncoders text,
      ModelSurvey survey,
      Planning planning) {
    this.computing = computing;
    this.networks = networks;
    this.text = text;
    this.survey = survey;
    this.endurance = new Endurance(networks, planning);
  }

  /// Opens a model. Every part is checked here, before any work; weights are read when they are
  /// first used.
  ///
  /// @param planning which of them stay, decided anew for each request
  public static KontextPipeline open(ModelFiles model, Computing computing, Planning planning) {
    var pipeline = openParts(model, computing, planning);
    try {
      computing.device().requireUsable(); // last, because libtorch may be on its way meanwhile
      computing.precision().requireOn(computing.device());
      return pipeline;
    } catch (RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  /// As above, computing exactly, with weights that all stay in memory.
  public static KontextPipeline open(ModelFiles model, DType dtype, Device device) {
    return open(model, Computing.exactly(dtype, device), Planning.ALL_STAYS);
  }

  private static KontextPipeline openParts(
      ModelFiles model, Computing computing, Planning planning) {
    var networks = Networks.open(model, computing);
    try {
      var fit = new PartsFit(model, networks.transformer().config());
      fit.require(networks.vae().config());
      var text = TextEncoders.open(model, fit, computing);
      try {
        var survey = networks.survey(model, text.sizes());
        return new KontextPipeline(computing, networks, text, survey, planning);
      } catch (RuntimeException e) {
        text.close();
        throw e;
      }
    } catch (RuntimeException e) {
      networks.close();
      throw e;
    }
  }

  /// The shapes of the networks' parameters, by their own names.
  public PerNetwork<Map<String, long[]>> parameters() {
    return new PerNetwork<>(
        networks.transformerParameters(), text.clipParameters(), text.t5Parameters());
  }

  /// From now on the networks' weights are changed by these, and by none that were there before.
  /// Only weights that one of the two touches are read anew.
  public void overlay(PerNetwork<Overlay> overlays) {
    networks.overlay(overlays.transformer());
    text.overlay(overlays.clip(), overlays.t5());
  }

  /// From now on the text encoders are opened only for prompts that are not known here. The
  /// pictures are the same, bit for bit.
  public void know(KnownTexts texts) {
    text.know(texts);
  }

  /// Makes the pictures that a request asks for, in the order of its seeds.
  public List<EditResult> edit(EditRequest request, Progress progress) {
    var results = new ArrayList<EditResult>();
    edit(request, progress, results::add);
    return results;
  }

  /// Makes the pictures that a request asks for, in the order of its seeds.
  ///
  /// @param results is given each picture as soon as it is finished
  public void edit(EditRequest request, Progress progress, Consumer<EditResult> results) {
    try (var _ = Scope.open()) {
      var pictures = request.fittedReferences(survey.nativeSizes(), tokenSide());
      var size = request.outputSize(survey.nativeSizes(), tokenSide());
      var schedule =
          request.steps().schedule(survey.scheduler(), Grid.of(size, tokenSide()).tokens());
      endurance.begin(planner(request));

      var prompts = encodePrompts(request, progress);
      var references = encodeReferences(pictures, request.placement(), progress); // images 1, 2 ...
      var noise = drawNoise(request.noise(), size); // image 0, of each picture to be made
      progress.at(new Progress.Shared());
      start = Start.WARM; // from here on its weights come
      var denoiser =
          endurance.during(
              progress,
              () ->
                  new Denoiser(
                      networks,
                      endurance,
                      schedule,
                      request,
                      Grid.of(size, tokenSide()),
                      references,
                      prompts));

      var seeds = request.noise().seeds();
      for (int i = 0; i < seeds.size(); i++) {
        var number = new Progress.PictureNumber(i + 1, seeds.size());
        try (var _ = Scope.open()) {
          var made =
              denoiser.denoise(
                  noise.apply(i),
                  number,
                  progress,
                  tokens -> preview.of(tokens, Grid.of(size, tokenSide())));
          var picture = decode(made.latents(), size, number, progress);
          var latents = PackedLatents.of(made.latents());
          results.accept(new EditResult(picture, seeds.get(i), latents, made.spared()));
        }
      }
    }
  }

  /// What each step of a request takes.
  public StepWork stepWork(EditRequest request) {
    return StepWork.of(networks.transformer().config(), tokens(request))
        .times(request.prompts().size());
  }

  /// How many tokens each step of a request is about.
  public TokenCounts tokens(EditRequest request) {
    return survey.demand(request).tokens();
  }

  /// What a request will take, if it is the next one.
  public MemoryForecast forecast(EditRequest request) {
    return endurance.planning().of(planner(request));
  }

  private Planner planner(EditRequest request) {
    return new Planner(survey.sizes(), survey.demand(request), computing, start, Optional.empty());
  }

  /// What a request's shortcuts keep from step to step, in bytes.
  public long shortcutBytes(EditRequest request) {
    return request.fast().references().isEmpty()
        ? 0
        : request.prompts().size()
            * ReferenceCache.bytes(
                networks.transformer().config(), tokens(request).references(), computing.dtype());
  }

  /// The prompt's conditioning, and the negative's behind it if there is one.
  private List<TextEncoders.Conditioning> encodePrompts(EditRequest request, Progress progress) {
    progress.at(new Progress.Text());
    return endurance.during(
        progress,
        () -> text.encode(request.prompts(), request.maxTokens(), endurance.plan().t5(), progress));
  }

  private References encodeReferences(
      List<Picture> pictures, ReferencePlacement placement, Progress progress) {
    var grids = new ArrayList<Grid>();
    var tokens = new ArrayList<Tensor>();
    for (Picture picture : pictures) {
      progress.at(new Progress.Reference(grids.size() + 1, pictures.size()));
      grids.add(Grid.of(picture.size(), tokenSide()));
      tokens.add(
          endurance.during(progress, () -> Scope.tidy(() -> LatentTokens.pack(latent(picture)))));
    }
    return References.of(tokens, placement.positions(grids));
  }

  /// (1, C, h, w)
  private Tensor latent(Picture picture) {
    return networks.vae().encode(placed(Pixels.of(picture)), endurance.plan().vae());
  }

  private IntFunction<Tensor> drawNoise(NoisePlan plan, Size size) {
    var vae = networks.vae().config();
    long[] shape = {
      1, vae.latentChannels(), size.height() / vae.downsampling(), size.width() / vae.downsampling()
    };
    int count = Math.toIntExact(shape[1] * shape[2] * shape[3]);
    var draw = plan.draw(count, computing.dtype());
    return i -> Scope.tidy(() -> LatentTokens.pack(placed(Tensor.of(draw.apply(i), shape))));
  }

  private Picture decode(
      Tensor latents, Size size, Progress.PictureNumber number, Progress progress) {
    progress.at(new Progress.Decoding(number));
    return endurance.during(progress, () -> picture(latents, size));
  }

  private Picture picture(Tensor latents, Size size) {
    try (var _ = Scope.open()) {
      var latent = LatentTokens.unpack(latents, Grid.of(size, tokenSide()));
      return Pixels.picture(networks.vae().decode(latent, endurance.plan().vae()));
    }
  }

  private int tokenSide() {
    return networks.tokenSide();
  }

  private Tensor placed(Tensor tensor) {
    return tensor.to(computing.dtype()).to(computing.device());
  }

  @Override
  public void close() {
    text.close();
    networks.close();
  }
}
