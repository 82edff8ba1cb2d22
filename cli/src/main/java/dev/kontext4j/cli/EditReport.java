package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.progress.Timeline;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.fast.Fast;
import java.util.List;

/// What a run made and how long it took, for programs.
///
/// @param fast what was allowed to be taken from earlier steps
record EditReport(List<Finished.Written> pictures, Timeline timeline, Fast fast) {

  String json() {
    return object().toString();
  }

  ObjectNode object() {
    var root = JsonNodeFactory.instance.objectNode();
    var array = root.putArray("pictures");
    for (Finished.Written picture : pictures) {
      var object =
          array
              .addObject()
              .put("file", picture.place())
              .put("seed", picture.seed())
              .put("width", picture.size().width())
              .put("height", picture.size().height());
      if (!fast.isExact()) {
        object.set("spared", SparedText.json(picture.spared()));
      }
    }
    var seconds = root.putObject("seconds");
    seconds.put("total", timeline.totalSeconds());
    seconds.put("text", timeline.total(Progress.Text.class));
    seconds.put("references", timeline.total(Progress.Reference.class));
    seconds.put("preparation", timeline.total(Progress.Shared.class));
    seconds.put("decoding", timeline.total(Progress.Decoding.class));
    var steps = seconds.putArray("steps");
    timeline.seconds(Progress.Step.class).forEach(steps::add);
    return root;
  }
}
