package dev.kontext4j.sampler;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.sampler.TextEncoders.Conditioning;
import dev.kontext4j.sampler.noise.NoiseType;
import dev.kontext4j.sampler.picture.LanczosResize;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.vae.AutoEncoder;
import java.util.ArrayList;
import java.util.List;

/// A model that is ready to edit pictures, one request after the other, on the thread that calls.
///
/// Owns the transformer's and the VAE's weights until it is closed; the text encoders are opened
/// for each request and leave before the first step.
public final class KontextPipeline implements AutoCloseable {
  private final DType dtype;
  private final Device device;
  private final SchedulerConfig scheduler;
  private final TextEncoders text;
  private final ModelPart<FluxTransformer> transformerPart;
  private final ModelPart<AutoEncoder> vaePart;
  private final FluxTransformer transformer;
  private final AutoEncoder vae;

  private KontextPipeline(
      ModelFolder model,
      DType dtype,
      Device device,
      ModelPart<FluxTransformer> transformerPart,
      ModelPart<AutoEncoder> vaePart) {
    this.dtype = dtype;
    this.device = device;
    this.transformerPart = transformerPart;
    this.vaePart = vaePart;
    scheduler = model.scheduler();
    text = new TextEncoders(model, dtype, device);
    transformer = transformerPart.network();
    vae = vaePart.network();
    requirePair("VAE", LatentTokens.channels(vae), transformer.config().inChannels());
  }

  /// Opens a model folder; weights are read when they are first used.
  ///
  /// @param dtype the element type to compute in
  public static KontextPipeline open(ModelFolder model, DType dtype, Device device) {
    device.requireUsable();
    var transformer = FluxTransformer.open(model.part("transformer"), dtype, device);
    try {
      var vae = AutoEncoder.open(model.part("vae"), dtype, device);
      try {
        return new KontextPipeline(model, dtype, device, transformer, vae);
      } catch (RuntimeException e) {
        vae.close();
        throw e;
      }
    } catch (RuntimeException e) {
      transformer.close();
      throw e;
    }
  }

  /// Makes the pictures that a request asks for, in the order of its seeds.
  public List<EditResult> edit(EditRequest request, Progress progress) {
    try (var _ = Scope.open()) {
      Size size = request.size().of(request.references(), tokenSide());

      var prompts = encodePrompts(request, progress);
      var references = encodeReferences(request, progress); // image numbers 1, 2, 3 ...
      var noise = drawNoise(request.noise(), size); // image number 0, one entry a picture
      var denoiser = denoiser(request, Grid.of(size, tokenSide()), references, prompts);

      var results = new ArrayList<EditResult>();
      for (int i = 0; i < noise.size(); i++) {
        var number = new Progress.PictureNumber(i + 1, noise.size());
        try (var _ = Scope.open()) {
          var latents = denoiser.denoise(noise.get(i), number, progress);
          var picture = decode(latents, size, number, progress);
          long seed = request.noise().seeds().get(i);
          results.add(new EditResult(picture, seed, PackedLatents.of(latents)));
        }
      }
      return results;
    }
  }

  /// The prompt's conditioning, and the negative's behind it if there is one.
  private List<Conditioning> encodePrompts(EditRequest request, Progress progress) {
    progress.at(new Progress.Text());
    var prompts = text.encode(request.prompts(), request.maxTokens(), progress);
    var config = transformer.config();
    requirePair("CLIP encoder", prompts.getFirst().pooled().size(-1), config.pooledWidth());
    requirePair("T5 encoder", prompts.getFirst().states().size(-1), config.textWidth());
    return prompts;
  }

  private References encodeReferences(EditRequest request, Progress progress) {
    var grids = new ArrayList<Grid>();
    var tokens = new ArrayList<Tensor>();
    for (Picture picture : request.references()) {
      progress.at(new Progress.Reference(grids.size() + 1, request.references().size()));
      var fitted =
          LanczosResize.resize(picture, request.referenceFit().size(picture.size(), tokenSide()));
      grids.add(Grid.of(fitted.size(), tokenSide()));
      tokens.add(Scope.tidy(() -> LatentTokens.pack(vae.encode(placed(Pixels.of(fitted))))));
    }
    return References.of(tokens, request.placement().positions(grids));
  }

  private List<Tensor> drawNoise(NoisePlan plan, Size size) {
    long channels = vae.config().latentChannels();
    long height = size.height() / vae.config().downsampling();
    long width = size.width() / vae.config().downsampling();
    int count = Math.toIntExact(channels * height * width);
    return plan.draw(count, noiseType()).stream()
        .map(values ->
            Scope.tidy(
                () -> LatentTokens.pack(placed(Tensor.of(values, 1, channels, height, width)))))
        .toList();
  }

  private Denoiser denoiser(
      EditRequest request, Grid output, References references, List<Conditioning> prompts) {
    return new Denoiser(
        transformer,
        request.steps().schedule(scheduler, output.tokens()),
        request.guidance(),
        output,
        references,
        prompts,
        request.trueCfg());
  }

  private Picture decode(
      Tensor latents, Size size, Progress.PictureNumber number, Progress progress) {
    progress.at(new Progress.Decoding(number));
    try (var _ = Scope.open()) {
      return Pixels.picture(vae.decode(LatentTokens.unpack(latents, Grid.of(size, tokenSide()))));
    }
  }

  /// How many pixels a token covers in each direction.
  private int tokenSide() {
    return vae.config().downsampling() * LatentTokens.PATCH;
  }

  private Tensor placed(Tensor tensor) {
    return tensor.to(dtype).to(device);
  }

  private NoiseType noiseType() {
    return dtype == DType.BF16 ? NoiseType.BF16 : NoiseType.F32;
  }

  private static void requirePair(String part, long gives, long wanted) {
    if (gives != wanted) {
      throw new CheckpointException(
          "The %s does not belong to the transformer: it gives %d channels, %d are expected"
              .formatted(part, gives, wanted));
    }
  }

  @Override
  public void close() {
    vaePart.close();
    transformerPart.close();
  }
}
