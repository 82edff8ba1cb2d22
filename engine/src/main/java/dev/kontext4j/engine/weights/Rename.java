package dev.kontext4j.engine.weights;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How one family of names in a file gives one family of names that a network asks for. In both, a
/// `*` stands for an index and a final `.+` for `.weight` or `.bias`, in the same order.
public final class Rename {
  private final String asked;
  private final Pattern pattern;
  private final List<String> stored;
  private final boolean swapHalves;

  /// @param asked the network's name
  /// @param stored the file's names; several are laid one below the other, as rows
  /// @param swapHalves whether the upper and the lower half of the rows change places
  private Rename(String asked, List<String> stored, boolean swapHalves) {
    this.asked = asked;
    this.pattern = pattern(asked);
    this.stored = stored;
    this.swapHalves = swapHalves;
  }

  public static Rename of(String asked, String... stored) {
    return new Rename(asked, List.of(stored), false);
  }

  public static Rename withHalvesSwapped(String asked, String stored) {
    return new Rename(asked, List.of(stored), true);
  }

  boolean swapHalves() {
    return swapHalves;
  }

  /// The file's names for the first of the family.
  List<String> example() {
    return storedNames(asked.replace("*", "0").replace("+", "weight")).orElseThrow();
  }

  /// The file's names for a name that the network asks for, if this rename is about it.
  Optional<List<String>> storedNames(String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches()
        ? Optional.of(stored.stream().map(template -> fill(template, matcher)).toList())
        : Optional.empty();
  }

  private static Pattern pattern(String asked) {
    String regex =
        Pattern.quote(asked)
            .replace("*", "\\E([0-9]+)\\Q")
            .replaceFirst("\\.\\+\\\\E$", "\\\\E\\\\.(weight|bias)");
    return Pattern.compile(regex);
  }

  private static String fill(String template, Matcher matcher) {
    String filled =
        template.endsWith(".+") ? template.substring(0, template.length() - 1) + "*" : template;
    for (int group = 1; group <= matcher.groupCount(); group++) {
      filled = filled.replaceFirst("\\*", Matcher.quoteReplacement(matcher.group(group)));
    }
    return filled;
  }
}
