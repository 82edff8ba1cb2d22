package dev.kontext4j.sampler;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import dev.kontext4j.sampler.text.KnownTexts;
import dev.kontext4j.transformer.flux.ReferenceCache;
import dev.kontext4j.transformer.flux.StepWork;
import dev.kontext4j.transformer.flux.TokenCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// A model that is ready to edit pictures, one request after the other, on the thread that calls.
///
/// Owns the transformer's and the VAE's weights until it is closed; those of the text encoders are
/// opened for each request with a prompt that is not known, and leave before the first step.
public final class KontextPipeline implements AutoCloseable {
  private final DType dtype;
  private final Device device;
  private final SchedulerConfig scheduler;
  private final Networks networks;
  private final Endurance endurance;
  private final NativeSizes sizes;
  private final TextEncoders text;
  private final Preview preview = new Preview(this::latent);

  private KontextPipeline(
      DType dtype,
      Device device,
      SchedulerConfig scheduler,
      Networks networks,
      Endurance endurance,
      NativeSizes sizes,
      TextEncoders text) {
    this.dtype = dtype;
    this.device = device;
    this.scheduler = scheduler;
    this.networks = networks;
    this.endurance = endurance;
    this.sizes = sizes;
    this.text = text;
  }

  /// Opens a model. Every part is checked here, before any work; weights are read when they are
  /// first used.
  ///
  /// @param dtype the element type to compute in
  /// @param precision of the transformer's blocks
  /// @param plan which weights stay in memory, and in what pieces pictures go through the VAE
  /// @param less what to do when the memory does not suffice for the plan
  public static KontextPipeline open(
      ModelFiles model,
      DType dtype,
      Precision precision,
      Device device,
      MemoryPlan plan,
      LessMemory less) {
    var pipeline = openParts(model, dtype, precision, device, plan, less);
    try {
      device.requireUsable(); // last, because libtorch may be on its way meanwhile
      precision.requireOn(device);
      return pipeline;
    } catch (RuntimeException e) {
      pipeline.close();
      throw e;
    }
  }

  /// As above, computing exactly.
  public static KontextPipeline open(
      ModelFiles model, DType dtype, Device device, MemoryPlan plan) {
    return open(model, dtype, Precision.EXACT, device, plan, LessMemory.NONE);
  }

  /// As above, with weights that all stay in memory.
  public static KontextPipeline open(ModelFiles model, DType dtype, Device device) {
    return open(model, dtype, device, MemoryPlan.ALL_STAYS);
  }

  private static KontextPipeline openParts(
      ModelFiles model,
      DType dtype,
      Precision precision,
      Device device,
      MemoryPlan plan,
      LessMemory less) {
    var scheduler = model.schedulerConfig();
    var networks = Networks.open(model, dtype, precision, device, plan.transformer());
    try {
      var fit = new PartsFit(model, networks.transformer().config());
      fit.require(networks.vae().config());
      var sizes = model.sizes(networks.tokenSide());
      var text = TextEncoders.open(model, fit, dtype, device, plan.t5());
      var endurance = new Endurance(networks, plan, less);
      return new KontextPipeline(dtype, device, scheduler, networks, endurance, sizes, text);
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
      var pictures = request.fittedReferences(sizes, tokenSide());
      var size = request.outputSize(sizes, tokenSide());
      var schedule = request.steps().schedule(scheduler, Grid.of(size, tokenSide()).tokens());

      var prompts = encodePrompts(request, progress);
      var references = encodeReferences(pictures, request.placement(), progress); // images 1, 2 ...
      var noise = drawNoise(request.noise(), size); // image 0, of each picture to be made
      progress.at(new Progress.Shared());
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
    long references = 0;
    for (Picture picture : request.fittedReferences(sizes, tokenSide())) {
      references += Grid.of(picture.size(), tokenSide()).tokens();
    }
    long noise = Grid.of(request.outputSize(sizes, tokenSide()), tokenSide()).tokens();
    return new TokenCounts(text.length(request.maxTokens()), noise, references);
  }

  /// What a request's shortcuts keep from step to step, in bytes.
  public long shortcutBytes(EditRequest request) {
    return request.fast().references().isEmpty()
        ? 0
        : request.prompts().size()
            * ReferenceCache.bytes(
                networks.transformer().config(), tokens(request).references(), dtype);
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
    var draw = plan.draw(count, dtype);
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
    return tensor.to(dtype).to(device);
  }

  @Override
  public void close() {
    text.close();
    networks.close();
  }
}
