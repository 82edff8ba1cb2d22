package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.hub.runtime.Runtimes;
import java.util.List;

/// Which runtimes are installed, in words and as JSON.
record RuntimesText(List<Runtimes.Installed> runtimes) {

  List<String> lines() {
    return runtimes.isEmpty()
        ? List.of("none is installed; kontext runtime install cuda installs one")
        : runtimes.stream().map(RuntimesText::line).toList();
  }

  private static String line(Runtimes.Installed each) {
    return "%s: %s in %s".formatted(each.name(), Bytes.decimal(each.bytes()), each.folder());
  }

  ArrayNode json() {
    var array = JsonNodeFactory.instance.arrayNode();
    for (Runtimes.Installed each : runtimes) {
      array
          .addObject()
          .put("runtime", each.name())
          .put("folder", each.folder().toString())
          .put("files", each.files())
          .put("bytes", each.bytes());
    }
    return array;
  }
}
