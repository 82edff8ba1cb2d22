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
/// that is a step or the picture's decoding. Text and the pictures that go in come before; what an
/// earlier request has left of the weights waits meanwhile, as far as there is room beside them.
/// Tiles come last, when the autoencoder fits in no other way, for they are the one thing here that
/// changes the picture.
///
/// @param tiles of the autoencoder, if they are not to be decided
public record Planner(
    ModelSizes model, Demand demand, Computing computing, Start start, Optional<Tiling> tiles) {
  /// Sides of tiles in pixels of the latent: 1024 of the picture, 768, and so on.
  private static final int[] TILES = {128, 96, 64, 48, 32};

  /// Of all tokens, for steps that are spared: what the blocks add, and what tells them alike.
  private static final long STATES_KEPT = 3;

  private static final long GIGA = 1_000_000_000;
  private static final long MEGA = 1_000_000;

  /// The same, where it is said in what tiles, unless it was already.
  public Planner tiled(Optional<Tiling> other) {
    return new Planner(model, demand, computing, start, tiles.or(() -> other));
  }

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
    int waiting = waiting(transformer, limit - leastBefore(tiling.get()));
    long room = limit - left(transformer, waiting) - states();
    var t5 = new WeightLimit(room).plan(model.text().t5());
    return forecast(new MemoryPlan(transformer, t5, tiling.get(), waiting));
  }

  /// How many of the blocks that stay can do so in that room before the steps, too.
  private int waiting(Residency transformer, long room) {
    if (start == Start.COLD) {
      return transformer.blocks(); // none is there
    }
    int waiting = 0;
    while (waiting < staying(transformer) && kept(waiting + 1) <= room) {
      waiting++;
    }
    return waiting == staying(transformer) ? transformer.blocks() : waiting;
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
    var tiling = tiles.orElse(Tiling.NONE);
    return forecast(new MemoryPlan(Residency.ALL, Residency.ALL, tiling));
  }

  private Stream<Tiling> tilings() {
    return tiles
        .map(Stream::of)
        .orElseGet(
            () -> Stream.concat(Stream.of(Tiling.NONE), IntStream.of(TILES).mapToObj(Tiling::of)));
  }

  private long least(Tiling tiling) {
    long transformer = WeightLimit.least(model.transformer());
    return Math.max(transformer + besideTransformer(tiling), leastBefore(tiling));
  }

  private long besideTransformer(Tiling tiling) {
    return model.autoencoder() + shared() + Math.max(step(), decoding(tiling));
  }

  /// The least that text and pictures take, if no block waits meanwhile.
  private long leastBefore(Tiling tiling) {
    long t5 = WeightLimit.least(model.text().t5()) + states();
    long text = always() + Math.max(model.text().clip(), t5);
    return Math.max(text, always() + encoder() + encoding(tiling));
  }

  /// What is left by an earlier request, but for the blocks.
  private long always() {
    return start == Start.COLD
        ? 0
        : ModelSizes.of(model.transformer(), Use.ALWAYS, GroupSize::kept) + model.autoencoder();
  }

  /// The autoencoder's weights, if pictures are what they are read for.
  private long encoder() {
    return start == Start.COLD ? model.autoencoder() : 0;
  }

  /// What is left by an earlier request.
  private long left(Residency transformer, int waiting) {
    return start == Start.COLD ? 0 : always() + kept(Math.min(waiting, staying(transformer)));
  }

  /// Of the first blocks.
  private long kept(int count) {
    return blocks().limit(count).mapToLong(GroupSize::kept).sum();
  }

  private int staying(Residency transformer) {
    int all = Math.toIntExact(blocks().count());
    return transformer.streams() ? Math.min(transformer.blocks(), all) : all;
  }

  private Stream<GroupSize> blocks() {
    return model.transformer().stream().filter(size -> size.group().use() == Use.BLOCK);
  }

  /// What each part of the run takes under a plan.
  public MemoryForecast forecast(MemoryPlan plan) {
    var transformer = plan.transformer();
    var text = model.text();
    long left = left(transformer, plan.waiting());
    long weights = transformer.bytes(model.transformer());
    long beside = model.autoencoder() + shared();
    var peaks = new EnumMap<Phase, Long>(Phase.class);
    peaks.put(Phase.TEXT, left + Math.max(text.clip(), plan.t5().bytes(text.t5()) + states()));
    peaks.put(Phase.REFERENCES, left + encoder() + encoding(plan.vae()));
    peaks.put(Phase.MODULATIONS, beside + modulations(transformer, plan.waiting()));
    peaks.put(Phase.STEPS, weights + beside + step());
    peaks.put(Phase.DECODING, weights + beside + decoding(plan.vae()));
    int staying = staying(transformer);
    long read = blocks().skip(staying).mapToLong(GroupSize::stored).sum();
    return new MemoryForecast(
        plan, weights, staying, Math.toIntExact(blocks().count()), read, peaks);
  }

  /// Weights that are needed once go before the next ones come.
  private long modulations(Residency transformer, int waiting) {
    long always = ModelSizes.of(model.transformer(), Use.ALWAYS, GroupSize::kept);
    long once =
        model.transformer().stream()
            .filter(size -> size.group().use() == Use.ONCE)
            .mapToLong(transformer.streams() ? GroupSize::made : GroupSize::kept)
            .max()
            .orElse(0);
    long blocks = start == Start.COLD ? 0 : kept(Math.min(waiting, staying(transformer)));
    return always + blocks + once + transformer.ringBytes();
  }

  private long states() {
    return model.text().states().bytes(demand.tokens().text());
  }

  private StepMemory stepMemory() {
    return new StepMemory(model.flux(), demand.tokens(), computing, model.packed(dtype()));
  }

  private long step() {
    return stepMemory().bytes();
  }

  private long shared() {
    return stepMemory().shared(demand.steps(), demand.prompts()) + demand.prompts() * remembered();
  }

  /// What later steps take from earlier ones.
  private long remembered() {
    var tokens = demand.tokens();
    long states = tokens.all() * model.flux().width() * dtype().bytes();
    long references = ReferenceCache.bytes(model.flux(), tokens.references(), dtype());
    return (demand.fast().steps().isPresent() ? STATES_KEPT * states : 0)
        + (demand.fast().references().isPresent() ? references : 0);
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
