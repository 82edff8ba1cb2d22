package dev.kontext4j.lora;

import dev.kontext4j.lora.names.Part;
import dev.kontext4j.lora.names.Style;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What an adapter is, for people.
///
/// @param keys of the file
/// @param used of those
/// @param ranks every rank that occurs
/// @param kinds every kind of change that occurs
public record Summary(
    Style style,
    int keys,
    int used,
    long doubleBlocks,
    long singleBlocks,
    SortedSet<Long> ranks,
    SortedSet<String> kinds,
    Set<Part> parts,
    Origin origin) {

  static Summary of(Adapter adapter) {
    var planned = adapter.planned();
    var blocks =
        planned.stream()
            .flatMap(one -> Block.of(one.target()).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    var keys = adapter.keys();
    return new Summary(
        Style.of(keys),
        keys.size(),
        keys.size() - adapter.unmatched().size(),
        blocks.stream().filter(block -> block.kind().equals("double")).count(),
        blocks.stream().filter(block -> block.kind().equals("single")).count(),
        planned.stream()
            .flatMapToLong(one -> one.change().rank().stream())
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new)),
        planned.stream()
            .map(one -> one.change().kind())
            .collect(Collectors.toCollection(TreeSet::new)),
        planned.stream().map(one -> one.target().part()).collect(Collectors.toSet()),
        Origin.of(adapter.metadata()));
  }

  /// `304 of 304 keys used, 19+38 blocks, rank 16, LoRA, kohya; trained for Kontext`
  public String line() {
    return "%d of %d keys used, %s%s%s, %s; %s"
        .formatted(used, keys, places(), rank(), String.join(" + ", kinds), style, trainedFor());
  }

  private String places() {
    String encoders =
        parts.stream()
            .filter(part -> part != Part.TRANSFORMER)
            .sorted()
            .map(part -> part + ", ")
            .collect(Collectors.joining());
    return "%d+%d blocks, %s".formatted(doubleBlocks, singleBlocks, encoders);
  }

  private String rank() {
    if (ranks.isEmpty()) {
      return "";
    }
    return ranks.size() == 1
        ? "rank " + ranks.first() + ", "
        : "ranks " + ranks.first() + " to " + ranks.last() + ", ";
  }

  private String trainedFor() {
    if (origin.base().isEmpty()) {
      return "it does not say what it was trained for";
    }
    return origin.forKontext().orElse(false)
        ? "trained for Kontext"
        : "trained for \"" + origin.base().get() + "\", not for Kontext as it seems";
  }
}
