package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.Spared;
import dev.kontext4j.sampler.fast.Fast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the user is told of work that is spared.
final class SparedText {
  private SparedText() {}

  /// Before the run.
  ///
  /// @param bytes that are kept from step to step
  static Optional<String> before(EditRequest request, long bytes) {
    if (request.fast().references().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        request.references().isEmpty()
            ? "--fast references has no effect, since no pictures go in"
            : "the keys and values of the pictures that go in are kept from step to step: "
                + Bytes.decimal(bytes));
  }

  /// For programs.
  static ObjectNode json(Spared spared) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("all", spared.steps())
        .put("computed", spared.steps() - spared.taken())
        .put("taken", spared.taken())
        .put("without-references", spared.withoutReferences());
  }

  /// When all pictures are made.
  static List<String> after(Fast fast, Spared spared) {
    var lines = new ArrayList<String>();
    if (fast.steps().isPresent()) {
      lines.add(
          "%d of %d steps were taken from the step before"
              .formatted(spared.taken(), spared.steps()));
    }
    if (spared.withoutReferences() > 0) {
      lines.add(
          "%d of %d steps were computed without the pictures that go in"
              .formatted(spared.withoutReferences(), spared.steps()));
    }
    return lines;
  }
}
