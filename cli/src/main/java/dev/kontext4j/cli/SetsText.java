package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.hub.lock.Licence;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.store.SetState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Which sets there are and what of them is here, in words and as JSON.
record SetsText(List<SetState> states) {

  List<String> lines() {
    var lines = new ArrayList<String>();
    for (SetState state : states) {
      lines.add(state.set().name());
      lines.add("  " + state.set().about());
      lines.add("  " + here(state));
      lines.add("  " + licences(state.set()));
    }
    return lines;
  }

  private static String here(SetState state) {
    if (state.isAbsent()) {
      return "not here, " + Bytes.decimal(state.set().bytes());
    }
    String how =
        state.isWhole()
            ? "here"
            : "%d of %d files are here".formatted(state.here(), state.set().parts().size());
    return "%s, %s in %s".formatted(how, Bytes.decimal(state.bytes()), state.folder());
  }

  private static String licences(ModelSet set) {
    return set.licences().stream().map(Licence::name).collect(Collectors.joining(", "));
  }

  ArrayNode json() {
    var array = JsonNodeFactory.instance.arrayNode();
    for (SetState state : states) {
      var object =
          array
              .addObject()
              .put("set", state.set().name())
              .put("about", state.set().about())
              .put("folder", state.folder().toString())
              .put("whole", state.isWhole())
              .put("filesHere", state.here())
              .put("files", state.set().parts().size())
              .put("bytesHere", state.bytes())
              .put("bytes", state.set().bytes());
      var licences = object.putArray("licences");
      state.set().licences().forEach(licence -> licences.add(licence.name()));
    }
    return array;
  }
}
