package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.hub.runtime.Runtimes.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What came of verifying runtimes, in words and as JSON.
final class VerifiedRuntimes {
  private final Map<String, List<Finding>> byName = new LinkedHashMap<>();

  void add(String name, List<Finding> findings) {
    byName.put(name, findings);
  }

  boolean isGood() {
    return byName.values().stream().allMatch(findings -> bad(findings).isEmpty());
  }

  private static List<Finding> bad(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.problem().isPresent()).toList();
  }

  List<String> lines() {
    if (byName.isEmpty()) {
      return List.of("nothing is installed to be verified");
    }
    var lines = new ArrayList<String>();
    byName.forEach((name, findings) -> {
      var bad = bad(findings);
      int good = findings.size() - bad.size();
      lines.add("%s: %d of %d files are good".formatted(name, good, findings.size()));
      bad.forEach(f -> lines.add("  %s %s".formatted(f.path(), f.problem().orElseThrow())));
      if (!bad.isEmpty()) {
        lines.add("  kontext runtime remove %s, and install it anew".formatted(name));
      }
    });
    return lines;
  }

  ArrayNode json() {
    var array = JsonNodeFactory.instance.arrayNode();
    byName.forEach((name, findings) -> {
      var files = array.addObject().put("runtime", name).putArray("files");
      for (Finding finding : findings) {
        var file = files.addObject().put("path", finding.path());
        file.put("good", finding.problem().isEmpty());
        finding.problem().ifPresent(problem -> file.put("problem", problem));
      }
    });
    return array;
  }
}
