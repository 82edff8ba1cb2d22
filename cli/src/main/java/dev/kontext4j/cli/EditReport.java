package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.sampler.EditResult;
import dev.kontext4j.sampler.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// What a run made, for people (paths) or for programs (JSON).
record EditReport(List<Path> files, List<EditResult> results, Timeline timeline) {

  void print(PrintWriter out, boolean json) {
    if (json) {
      out.println(json());
    } else {
      files.forEach(out::println);
    }
    out.flush();
  }

  private String json() {
    var root = JsonNodeFactory.instance.objectNode();
    var pictures = root.putArray("pictures");
    for (int i = 0; i < files.size(); i++) {
      var picture = results.get(i).picture();
      pictures
          .addObject()
          .put("file", files.get(i).toString())
          .put("seed", results.get(i).seed())
          .put("width", picture.width())
          .put("height", picture.height());
    }
    var seconds = root.putObject("seconds");
    seconds.put("total", timeline.totalSeconds());
    seconds.put("text", sum(Progress.Text.class));
    seconds.put("references", sum(Progress.Reference.class));
    seconds.put("decoding", sum(Progress.Decoding.class));
    var steps = seconds.putArray("steps");
    timeline.seconds(Progress.Step.class).forEach(steps::add);
    return root.toString();
  }

  private double sum(Class<? extends Progress.Event> kind) {
    return timeline.seconds(kind).stream().mapToDouble(Double::doubleValue).sum();
  }
}
