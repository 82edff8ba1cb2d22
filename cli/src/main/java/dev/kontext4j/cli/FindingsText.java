package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.store.Verification.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of verifying sets, in words and as JSON.
final class FindingsText {
  private final Map<ModelSet, List<Finding>> bySet = new LinkedHashMap<>();

  void add(ModelSet set, List<Finding> findings) {
    bySet.put(set, findings);
  }

  boolean isGood() {
    return bySet.values().stream()
        .flatMap(List::stream)
        .allMatch(finding -> finding.problem().isEmpty());
  }

  List<String> lines() {
    if (bySet.isEmpty()) {
      return List.of("nothing is here to be verified");
    }
    var lines = new ArrayList<String>();
    bySet.forEach((set, findings) -> {
      var bad = findings.stream().filter(finding -> finding.problem().isPresent()).toList();
      lines.add(
          "%s: %d of %d files are good"
              .formatted(set.name(), findings.size() - bad.size(), findings.size()));
      bad.forEach(f -> lines.add("  %s %s".formatted(f.place(), f.problem().orElseThrow())));
      if (!bad.isEmpty()) {
        lines.add("  move what is damaged away, and run kontext pull " + set.name());
      }
    });
    return lines;
  }

  ArrayNode json() {
    var array = JsonNodeFactory.instance.arrayNode();
    bySet.forEach((set, findings) -> {
      var object = array.addObject().put("set", set.name());
      var files = object.putArray("files");
      for (Finding finding : findings) {
        var file =
            files.addObject().put("path", finding.place()).put("good", finding.problem().isEmpty());
        finding.problem().ifPresent(problem -> file.put("problem", problem));
      }
    });
    return array;
  }
}
