package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.progress.Timeline;
import dev.kontext4j.sampler.Progress;
import java.util.List;

/// What a run made and how long it took, for programs.
record EditReport(List<Finished.Written> pictures, Timeline timeline) {

  String json() {
    return object().toString();
  }

  ObjectNode object() {
    var root = JsonNodeFactory.instance.objectNode();
    var array = root.putArray("pictures");
    for (Finished.Written picture : pictures) {
      array
          .addObject()
          .put("file", picture.place())
          .put("seed", picture.seed())
          .put("width", picture.size().width())
          .put("height", picture.size().height());
    }
    var seconds = root.putObject("seconds");
    seconds.put("total", timeline.totalSeconds());
    seconds.put("text", sum(Progress.Text.class));
    seconds.put("references", sum(Progress.Reference.class));
    seconds.put("preparation", sum(Progress.Shared.class));
    seconds.put("decoding", sum(Progress.Decoding.class));
    var steps = seconds.putArray("steps");
    timeline.seconds(Progress.Step.class).forEach(steps::add);
    return root;
  }

  private double sum(Class<? extends Progress.Event> kind) {
    return timeline.seconds(kind).stream().mapToDouble(Double::doubleValue).sum();
  }
}
