package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.hub.fetch.Endpoint;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.lock.Sureness;
import dev.kontext4j.hub.store.PullPlan;
import dev.kontext4j.hub.store.Step;
import java.util.ArrayList;
import java.util.List;

/// What a pull does, in words and as JSON.
record PlanText(PullPlan plan, Endpoint hub) {

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("%s: %s".formatted(plan.set().name(), plan.set().about()));
    plan.steps().forEach(step -> addTo(lines, step));
    var unknown = unknown();
    if (!unknown.isEmpty()) {
      int more = unknown.size() - 1;
      lines.add(
          "  fetch  %s%s: what comes first is pinned"
              .formatted(
                  unknown.getFirst().part().place(),
                  more == 0
                      ? ", whose hash nobody publishes"
                      : " and %d more small files whose hashes nobody publishes".formatted(more)));
    }
    lines.add(sum());
    return lines;
  }

  private static void addTo(List<String> lines, Step step) {
    String place = step.part().place();
    switch (step) {
      case Step.Here _ -> {} // most often all of it; the sum tells
      case Step.Write _ -> lines.add("  write  " + place);
      case Step.Link link -> lines.add("  use    %s, which is %s".formatted(place, link.source()));
      case Step.Fetch(_, LockedFile file) when isUnknown(file) -> {} // all of them in one line
      case Step.Fetch(_, LockedFile file) ->
          lines.add(
              "  fetch  %s, %s%s".formatted(place, Bytes.decimal(file.about()), unsure(file)));
    }
  }

  private List<Step.Fetch> unknown() {
    return plan.of(Step.Fetch.class).stream().filter(step -> isUnknown(step.file())).toList();
  }

  private static boolean isUnknown(LockedFile file) {
    return file.sha256().isEmpty();
  }

  private static String unsure(LockedFile file) {
    return file.sure() == Sureness.ONE ? " (hash %s)".formatted(file.sure().words()) : "";
  }

  private String sum() {
    int here = plan.of(Step.Here.class).size();
    int fetched = plan.of(Step.Fetch.class).size();
    String rest =
        fetched == 0
            ? "nothing is to be fetched"
            : "%d to be fetched, %s, from %s"
                .formatted(fetched, Bytes.decimal(plan.bytesToFetch()), hub);
    return "%d of %d files are here; %s".formatted(here, plan.steps().size(), rest);
  }

  ObjectNode json() {
    var root =
        JsonNodeFactory.instance
            .objectNode()
            .put("set", plan.set().name())
            .put("folder", plan.folder().toString())
            .put("endpoint", hub.toString())
            .put("bytes", plan.bytesToFetch());
    var files = root.putArray("files");
    plan.steps().forEach(step -> put(files.addObject(), step));
    return root;
  }

  private static void put(ObjectNode object, Step step) {
    object.put("path", step.part().place());
    switch (step) {
      case Step.Here _ -> object.put("state", "here");
      case Step.Write _ -> object.put("state", "written");
      case Step.Link link -> object.put("state", "used").put("source", link.source().toString());
      case Step.Fetch _ -> object.put("state", "fetched");
    }
    if (step.part() instanceof ModelSet.Fetched(_, LockedFile file)) {
      object.put("repository", file.repository().name());
      object.put("revision", file.repository().revision());
      file.size().ifPresent(bytes -> object.put("bytes", bytes));
      file.sha256().ifPresent(hash -> object.put("sha256", hash.digits()));
    }
  }
}
