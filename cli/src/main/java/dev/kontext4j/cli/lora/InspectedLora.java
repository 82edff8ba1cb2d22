package dev.kontext4j.cli.lora;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.lora.Adapter;
import dev.kontext4j.lora.Block;
import dev.kontext4j.lora.Planned;
import dev.kontext4j.lora.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// An adapter for people and for programs.
///
/// @param norms how much each block is changed, and each part of the model outside of blocks
public record InspectedLora(
    String file, Summary summary, List<String> unmatched, Map<String, Double> norms) {
  private static final int SHOWN = 8;

  public static InspectedLora of(Adapter adapter) {
    Map<String, Double> squares = new TreeMap<>(InspectedLora::inOrder);
    for (Planned planned : adapter.planned()) {
      double norm = planned.change().norm();
      squares.merge(place(planned), norm * norm, Double::sum);
    }
    var norms = new LinkedHashMap<String, Double>();
    squares.forEach((place, square) -> norms.put(place, Math.sqrt(square)));
    return new InspectedLora(
        adapter.path().toString(), adapter.summary(), adapter.unmatched(), norms);
  }

  private static String place(Planned planned) {
    var target = planned.target();
    return Block.of(target)
        .map(Block::toString)
        .orElse(
            switch (target.part()) {
              case TRANSFORMER -> "other";
              case CLIP -> "clip";
              case T5 -> "t5";
            });
  }

  /// `double.2` before `double.10`.
  private static int inOrder(String a, String b) {
    return padded(a).compareTo(padded(b));
  }

  private static String padded(String place) {
    int dot = place.indexOf('.');
    return dot < 0
        ? place
        : place.substring(0, dot) + "%6d".formatted(Integer.parseInt(place.substring(dot + 1)));
  }

  /// Names and values, in order.
  public Map<String, String> rows() {
    var rows = new LinkedHashMap<String, String>();
    rows.put("keys", summary.used() + " of " + summary.keys() + " used");
    rows.put("form", summary.style().toString());
    rows.put("kind", String.join(", ", summary.kinds()));
    rows.put(
        "rank", summary.ranks().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    rows.put("blocks", summary.doubleBlocks() + " double, " + summary.singleBlocks() + " single");
    rows.put("trainer", summary.origin().trainer().orElse(""));
    rows.put("trained for", summary.origin().base().orElse(""));
    rows.put("words", String.join(", ", summary.origin().triggers()));
    rows.put("double", chart("double."));
    rows.put("single", chart("single."));
    norms.forEach((place, norm) -> {
      if (!place.contains(".")) {
        rows.put(place, number(norm));
      }
    });
    rows.put("unused keys", unused());
    rows.values().removeIf(String::isEmpty);
    return rows;
  }

  private String unused() {
    var shown = unmatched.stream().limit(SHOWN).collect(Collectors.joining(", "));
    int more = unmatched.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private String chart(String kind) {
    var blocks = new TreeMap<Integer, Double>();
    norms.forEach((place, norm) -> {
      if (place.startsWith(kind)) {
        blocks.put(Integer.valueOf(place.substring(kind.length())), norm);
      }
    });
    return blocks.isEmpty() ? "" : new Bars(blocks).text();
  }

  static String number(double norm) {
    return String.format(Locale.ROOT, "%.3g", norm);
  }

  /// One object.
  public ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("file", file)
        .put("keys", summary.keys())
        .put("used", summary.used())
        .put("form", summary.style().toString())
        .put("double-blocks", summary.doubleBlocks())
        .put("single-blocks", summary.singleBlocks());
    summary.ranks().forEach(json.putArray("ranks")::add);
    summary.kinds().forEach(json.putArray("kinds")::add);
    summary.origin().trainer().ifPresent(trainer -> json.put("trainer", trainer));
    summary.origin().base().ifPresent(base -> json.put("trained-for", base));
    summary.origin().triggers().forEach(json.putArray("words")::add);
    norms.forEach(json.putObject("norms")::put);
    unmatched.forEach(json.putArray("unused-keys")::add);
    return json;
  }
}
