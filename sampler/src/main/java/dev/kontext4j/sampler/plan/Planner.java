package dev.kontext4j.sampler.plan;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Group.Use;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.residency.WeightLimit;
import dev.kontext4j.sampler.MemoryPlan;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.transformer.flux.ReferenceCache;
import dev.kontext4j.transformer.flux.StepMemory;
import dev.kontext4j.vae.Tiling;
import dev.kontext4j.vae.VaeMemory;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Decides which weights stay, by arithmetic alone.
///
/// The transformer's weights get what the most hungry part of the run behind them leaves, whether
/// that is a step or the autoencoder; T5 works before they are there. Tiles come last, when the
/// autoencoder fits in no other way, for they are the one thing here that changes the picture.
///
/// @param tiles of the autoencoder, if they are not to be decided
public record Planner(
    ModelSizes model, Demand demand, Computing computing, Optional<Tiling> tiles) {
  /// Sides of tiles in pixels of the latent: 1024 of the picture, 768, and so on.
  private static final int[] TILES = {128, 96, 64, 48, 32};

  /// Of all tokens, for steps that are spared: what the blocks add, and what tells them alike.
  private static final long STATES_KEPT = 3;

  private static final long GIGA = 1_000_000_000;
  private static final long MEGA = 1_000_000;

  /// The plan that keeps as much as a limit allows.
  ///
  /// @param limit in bytes, of everything
  /// @throws DeviceException with the least limit, if none keeps to this one
  public MemoryForecast within(long limit) {
    var tiling = tilings().filter(tiles -> least(tiles) <= limit).findFirst();
    if (tiling.isEmpty()) {
      throw new DeviceException(
          String.format(
              Locale.ROOT,
              "An edit of %s with %d tokens a step does not fit into %s: with all weights coming and going it needs %s; choose a smaller picture, fewer pictures that go in, or a file of the model with fewer bits",
              demand.output(),
              demand.tokens().all(),
              size(limit),
              size(leastOfAll())));
    }
    var transformer =
        new WeightLimit(limit - besideTransformer(tiling.get())).plan(model.transformer());
    var t5 = new WeightLimit(limit - transformer.ringBytes() - states()).plan(model.t5());
    return forecast(new MemoryPlan(transformer, t5, tiling.get()));
  }

  /// Rounded up, so that what is named as enough is.
  private static String size(long bytes) {
    return bytes >= GIGA
        ? String.format(Locale.ROOT, "%.2f GB", Math.ceil(bytes * 100.0 / GIGA) / 100)
        : String.format(Locale.ROOT, "%.1f MB", Math.ceil(bytes * 10.0 / MEGA) / 10);
  }

  /// The least limit that there is a plan for.
  public long leastOfAll() {
    return tilings().mapToLong(this::least).min().orElseThrow();
  }

  /// What is held if everything stays.
  public MemoryForecast unlimited() {
    return forecast(new MemoryPlan(Residency.ALL, Residency.ALL, tiles.orElse(Tiling.NONE)));
  }

  private Stream<Tiling> tilings() {
    return tiles
        .map(Stream::of)
        .orElseGet(
            () -> Stream.concat(Stream.of(Tiling.NONE), IntStream.of(TILES).mapToObj(Tiling::of)));
  }

  private long least(Tiling tiling) {
    long transformer = WeightLimit.least(model.transformer());
    long ring = WeightLimit.largestRing(model.transformer());
    long t5 = ring + WeightLimit.least(model.t5()) + states();
    return Math.max(transformer + besideTransformer(tiling), t5);
  }

  private long besideTransformer(Tiling tiling) {
    return model.autoencoder() + shared() + Math.max(step(), autoencoding(tiling));
  }

  /// What each part of the run takes under a plan.
  public MemoryForecast forecast(MemoryPlan plan) {
    var transformer = plan.transformer();
    long ring = transformer.ringBytes(); // from the beginning
    long weights = transformer.bytes(model.transformer());
    long beside = model.autoencoder() + shared();
    var peaks = new EnumMap<Phase, Long>(Phase.class);
    peaks.put(Phase.TEXT, ring + Math.max(model.clip(), plan.t5().bytes(model.t5()) + states()));
    peaks.put(Phase.REFERENCES, ring + model.autoencoder() + encoding(plan.vae()));
    peaks.put(Phase.MODULATIONS, beside + modulations(transformer));
    peaks.put(Phase.STEPS, weights + beside + step());
    peaks.put(Phase.DECODING, weights + beside + decoding(plan.vae()));
    var blocks =
        model.transformer().stream().filter(size -> size.group().use() == Use.BLOCK).toList();
    int staying =
        transformer.streams() ? Math.min(transformer.blocks(), blocks.size()) : blocks.size();
    long read = blocks.stream().skip(staying).mapToLong(GroupSize::stored).sum();
    return new MemoryForecast(plan, weights, staying, blocks.size(), read, peaks);
  }

  /// Weights that are needed once go before the next ones come.
  private long modulations(Residency transformer) {
    long always = ModelSizes.of(model.transformer(), Use.ALWAYS, GroupSize::kept);
    long once =
        model.transformer().stream()
            .filter(size -> size.group().use() == Use.ONCE)
            .mapToLong(transformer.streams() ? GroupSize::made : GroupSize::kept)
            .max()
            .orElse(0);
    return always + once + transformer.ringBytes();
  }

  private long states() {
    return model.states().bytes(demand.tokens().text());
  }

  private StepMemory stepMemory() {
    return new StepMemory(model.flux(), demand.tokens(), computing, model.packed(dtype()));
  }

  private long step() {
    return stepMemory().bytes();
  }

  private long shared() {
    return stepMemory().shared(demand.steps(), demand.prompts()) + demand.prompts() * kept();
  }

  /// What later steps take from earlier ones.
  private long kept() {
    var tokens = demand.tokens();
    long states = tokens.all() * model.flux().width() * dtype().bytes();
    long references = ReferenceCache.bytes(model.flux(), tokens.references(), dtype());
    return (demand.fast().steps().isPresent() ? STATES_KEPT * states : 0)
        + (demand.fast().references().isPresent() ? references : 0);
  }

  private long autoencoding(Tiling tiling) {
    return Math.max(encoding(tiling), decoding(tiling));
  }

  private long decoding(Tiling tiling) {
    var size = demand.output();
    return VaeMemory.decode(
        model.vae(), latent(size.height()), latent(size.width()), tiling, dtype());
  }

  private long encoding(Tiling tiling) {
    return demand.references().stream().mapToLong(size -> encoding(size, tiling)).max().orElse(0);
  }

  private long encoding(Size size, Tiling tiling) {
    return VaeMemory.encode(
        model.vae(), latent(size.height()), latent(size.width()), tiling, dtype());
  }

  private DType dtype() {
    return computing.dtype();
  }

  private int latent(int pixels) {
    return pixels / model.vae().downsampling();
  }
}
