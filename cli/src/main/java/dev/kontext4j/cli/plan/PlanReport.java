package dev.kontext4j.cli.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.sampler.plan.Demand;
import dev.kontext4j.sampler.plan.MemoryForecast;
import dev.kontext4j.sampler.plan.Phase;
import dev.kontext4j.sampler.plan.TimeForecast;
import dev.kontext4j.vae.Tiling;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A plan in words and as JSON.
///
/// @param limit of all memory that it may take
public record PlanReport(
    String model,
    String place,
    Demand demand,
    OptionalLong limit,
    MemoryForecast memory,
    Optional<TimeForecast> time) {
  private static final int PIXELS = 8; // of the picture, each way, to one of the latent

  /// What it is about, and what was planned.
  public Map<String, String> rows() {
    var rows = new LinkedHashMap<String, String>();
    rows.put("model", model);
    rows.put(
        "place", place + (limit.isPresent() ? ", " + size(limit.getAsLong()) + " to use" : ""));
    rows.put(
        "edit",
        "%s, %d picture%s going in, %d steps of %d tokens"
            .formatted(
                demand.output(),
                demand.references().size(),
                demand.references().size() == 1 ? "" : "s",
                demand.steps(),
                demand.tokens().all()));
    rows.put("text", text() + at(Phase.TEXT));
    if (!demand.references().isEmpty()) {
      rows.put("pictures", "through the VAE " + tiles(memory) + at(Phase.REFERENCES));
    }
    rows.put(
        "modulations", "of all steps at once; their weights do not stay" + at(Phase.MODULATIONS));
    rows.put("steps", steps(memory) + at(Phase.STEPS));
    rows.put("decoding", tiles(memory) + at(Phase.DECODING));
    rows.put("peak", size(memory.peak()));
    time.ifPresent(expected -> rows.put("time", words(expected)));
    return rows;
  }

  private String text() {
    return memory.plan().t5().streams()
        ? "T5's blocks come and go through %s".formatted(size(memory.plan().t5().ringBytes()))
        : "T5 whole, before the transformer comes";
  }

  /// Which of the transformer's weights stay.
  public static String steps(MemoryForecast memory) {
    if (!memory.plan().transformer().streams()) {
      return "all weights stay, %s".formatted(size(memory.weights()));
    }
    return "%d of the transformer's %d blocks stay; the others are read at each step, %s, through %s of memory"
        .formatted(
            memory.blocksStaying(),
            memory.blocks(),
            size(memory.readEachStep()),
            size(memory.plan().transformer().ringBytes()));
  }

  /// How pictures go through the VAE.
  public static String tiles(MemoryForecast memory) {
    int side = tileSide(memory);
    return side == 0 ? "whole" : "in tiles of %d pixels".formatted(side);
  }

  private String at(Phase phase) {
    return "; " + size(memory.peaks().getOrDefault(phase, 0L)) + " at the peak";
  }

  private static String words(TimeForecast time) {
    String waiting =
        time.copying() == 0
            ? ""
            : time.waits()
                ? ", for which it waits for weights (%s)".formatted(seconds(time.copying()))
                : ", which hides the reading of weights (%s)".formatted(seconds(time.copying()));
    return "about %s: loading %s, steps of %s%s (computed; weights in the page cache, VAE left out)"
        .formatted(
            seconds(time.whole()),
            seconds(time.loading()),
            seconds(Math.max(time.computing(), time.copying())),
            waiting);
  }

  /// Such as `0.72 s` or `205 s`.
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
  }

  /// In pixels of the picture; 0 if it goes through whole.
  private static int tileSide(MemoryForecast memory) {
    var tiling = memory.plan().vae();
    return tiling.equals(Tiling.NONE) ? 0 : tiling.side() * PIXELS;
  }

  private static String size(long bytes) {
    return Bytes.decimal(bytes);
  }

  /// The same for programs; all amounts in bytes, all times in seconds.
  public ObjectNode json() {
    var root = JsonNodeFactory.instance.objectNode();
    root.put("model", model).put("place", place);
    limit.ifPresent(bytes -> root.put("limit", bytes));
    root.put("fits", true)
        .put("width", demand.output().width())
        .put("height", demand.output().height())
        .put("pictures", demand.references().size())
        .put("steps", demand.steps());
    root.putObject("tokens")
        .put("text", demand.tokens().text())
        .put("noise", demand.tokens().noise())
        .put("references", demand.tokens().references());
    root.put("blocks", memory.blocks())
        .put("blocks-staying", memory.blocksStaying())
        .put("weights", memory.weights())
        .put("ring", memory.plan().transformer().ringBytes())
        .put("read-each-step", memory.readEachStep())
        .put("vae-tile", tileSide(memory))
        .put("t5-streams", memory.plan().t5().streams())
        .put("peak", memory.peak());
    var peaks = root.putObject("peaks");
    memory
        .peaks()
        .forEach((phase, bytes) -> peaks.put(phase.name().toLowerCase(Locale.ROOT), bytes));
    time.ifPresent(expected ->
        root.putObject("seconds")
            .put("loading", expected.loading())
            .put("step-computing", expected.computing())
            .put("step-copying", expected.copying())
            .put("steps", expected.steps())
            .put("whole", expected.whole()));
    return root;
  }
}
