package dev.kontext4j.lora;

import dev.kontext4j.lora.names.Part;
import dev.kontext4j.lora.names.Target;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// A block of the transformer.
///
/// @param kind `double` or `single`
public record Block(String kind, int index) implements Comparable<Block> {
  private static final Pattern NAME = Pattern.compile("(double|single)_blocks\\.([0-9]+)\\..*");
  private static final Comparator<Block> ORDER =
      Comparator.comparing(Block::kind).thenComparingInt(Block::index);

  /// The block that a tensor belongs to, if it belongs to one.
  public static Optional<Block> of(Target target) {
    var matcher = NAME.matcher(target.tensor());
    return target.part() == Part.TRANSFORMER && matcher.matches()
        ? Optional.of(new Block(matcher.group(1), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(Block other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return kind + "." + index;
  }
}
