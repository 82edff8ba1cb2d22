package dev.kontext4j.cli.plan;

import dev.kontext4j.sampler.plan.Speed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A card that one can buy, as its maker describes it.
///
/// @param bytes of its memory
public record CardModel(String name, long bytes, Speed speed) {
  private static final String TABLE = "/dev/kontext4j/cli/cards.tsv";
  private static final Pattern MEMORY =
      Pattern.compile("\\s([0-9]{1,4})\\s*GB\\s*$", Pattern.CASE_INSENSITIVE);

  /// All that are known, in the table's order.
  public static List<CardModel> all() {
    try (InputStream in = CardModel.class.getResourceAsStream(TABLE)) {
      var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> of(line.split("\t", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// GB of memory are told as powers of two, speeds are not.
  private static CardModel of(String[] columns) {
    long bytes = Long.parseLong(columns[1]) << 30;
    double product = Double.parseDouble(columns[3]);
    return new CardModel(
        columns[0], bytes, new Speed(product, Double.parseDouble(columns[4]) * 1e9));
  }

  /// The one whose name is nearest to what somebody wrote: the shortest that begins so, else that
  /// has it in it, without regard to case, spaces and the maker's name. How much memory it has may
  /// be said or not.
  public static Optional<CardModel> named(String text) {
    String wanted = model(text);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    var memory = MEMORY.matcher(text);
    long gib = memory.find() ? Long.parseLong(memory.group(1)) : 0;
    var cards =
        all().stream()
            .filter(card -> gib == 0 || card.bytes >> 30 == gib)
            .sorted(Comparator.comparingInt(card -> model(card.name).length()))
            .toList();
    return Stream.concat(
            cards.stream().filter(card -> model(card.name).startsWith(wanted)),
            cards.stream().filter(card -> model(card.name).contains(wanted)))
        .findFirst();
  }

  private static String model(String name) {
    String plain = MEMORY.matcher(name).replaceFirst("").toLowerCase(Locale.ROOT);
    return plain.replaceAll("nvidia|geforce|[^a-z0-9]", "");
  }
}
