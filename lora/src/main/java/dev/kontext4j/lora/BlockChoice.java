package dev.kontext4j.lora;

import dev.kontext4j.lora.names.Part;
import dev.kontext4j.lora.names.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Which parts of a model an adapter may act on.
///
/// @param text as it was asked for; empty for all
public record BlockChoice(String text, Predicate<Target> includes) {
  public static final BlockChoice ALL = new BlockChoice("", _ -> true);

  private static final Pattern BLOCKS =
      Pattern.compile("(double|single)(?:\\.([0-9]{1,4})(?:-([0-9]{1,4}))?)?");

  /// Reads `double.0-9,single.20-37`, `clip`, `t5`, `other` (what is outside of blocks), or a
  /// regular expression between slashes that is looked for in the network's names of tensors.
  ///
  /// @throws IllegalArgumentException with what is wrong with it
  public static BlockChoice parse(String text) {
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      return new BlockChoice(text, expression(text.substring(1, text.length() - 1)));
    }
    var terms = new ArrayList<Predicate<Target>>();
    for (String term : text.split(",", -1)) {
      terms.add(term(term.strip().toLowerCase(Locale.ROOT)));
    }
    return new BlockChoice(text, target -> any(terms, target));
  }

  private static boolean any(List<Predicate<Target>> terms, Target target) {
    return terms.stream().anyMatch(term -> term.test(target));
  }

  private static Predicate<Target> expression(String regex) {
    try {
      var pattern = Pattern.compile(regex);
      return target -> pattern.matcher(name(target)).find();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "/" + regex + "/ is no regular expression: " + e.getDescription(), e);
    }
  }

  /// With the text encoders' names before their tensors'.
  private static String name(Target target) {
    return switch (target.part()) {
      case TRANSFORMER -> target.tensor();
      case CLIP -> "clip." + target.tensor();
      case T5 -> "t5." + target.tensor();
    };
  }

  private static Predicate<Target> term(String term) {
    return switch (term) {
      case "clip" -> target -> target.part() == Part.CLIP;
      case "t5" -> target -> target.part() == Part.T5;
      case "other" -> target -> target.part() == Part.TRANSFORMER && Block.of(target).isEmpty();
      default -> blocks(term);
    };
  }

  private static Predicate<Target> blocks(String term) {
    var matcher = BLOCKS.matcher(term);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\""
              + term
              + "\" names no blocks; use double.0-9, single.20-37, clip, t5, other or /REGEX/");
    }
    String kind = matcher.group(1);
    int first = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    int last = last(matcher.group(2), matcher.group(3));
    if (last < first) {
      throw new IllegalArgumentException("\"" + term + "\" ends before it begins");
    }
    return target ->
        Block.of(target)
            .filter(block -> block.kind().equals(kind))
            .filter(block -> block.index() >= first && block.index() <= last)
            .isPresent();
  }

  private static int last(@Nullable String first, @Nullable String last) {
    if (last != null) {
      return Integer.parseInt(last);
    }
    return first == null ? Integer.MAX_VALUE : Integer.parseInt(first);
  }
}
