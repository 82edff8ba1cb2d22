package dev.kontext4j.hub.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whether networks that lie together also work together; for each pair that does not, a sentence.
public final class Pairing {
  private Pairing() {}

  public static List<String> problems(List<Inspection> inspections) {
    var parts = inspections.stream().flatMap(inspection -> inspection.parts().stream()).toList();
    var problems = new ArrayList<String>();
    for (Part transformer : parts) {
      if (transformer.kind() == Part.Kind.TRANSFORMER) {
        for (Part other : parts) {
          problem(transformer, other).ifPresent(problems::add);
        }
      }
    }
    return problems.stream().distinct().toList();
  }

  private static Optional<String> problem(Part transformer, Part other) {
    return switch (other.kind()) {
      case VAE -> differs(transformer, other, Part.Fit::latent, "has %d latent channels");
      case CLIP -> differs(transformer, other, Part.Fit::pooled, "is %d wide");
      case T5 -> differs(transformer, other, Part.Fit::states, "is %d wide");
      case TRANSFORMER, LORA -> Optional.empty();
    };
  }

  private static Optional<String> differs(
      Part transformer, Part other, Function<Part.Fit, Optional<Long>> number, String words) {
    var expected = transformer.fit().flatMap(number);
    var found = other.fit().flatMap(number);
    return expected.isEmpty() || found.isEmpty() || expected.equals(found)
        ? Optional.empty()
        : Optional.of(
            "the %s %s, but the transformer expects %d"
                .formatted(other.kind().title(), words.formatted(found.get()), expected.get()));
  }
}
