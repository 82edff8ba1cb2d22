package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.plan.PlanReport;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.ModelSurvey;
import dev.kontext4j.sampler.plan.Planner;
import dev.kontext4j.sampler.plan.Start;
import dev.kontext4j.sampler.plan.TimeForecast;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Plans an edit for one place or several, and tells of it.
record PlanRun(PlanSubject subject, EditRequest request, MemoryWish wish) {

  void tell(PlanPlace place, boolean json, PrintWriter out) {
    var report = report(place, survey(place));
    if (json) {
      out.println(report.json());
    } else {
      new Columns().addAll(report.rows()).print(out, "");
    }
  }

  /// A line for each.
  ///
  /// @param places where the same rules hold, so that the model's headers are read once
  void tellAll(List<PlanPlace> places, boolean json, PrintWriter out) {
    var survey = survey(places.getFirst());
    if (json) {
      var all = JsonNodeFactory.instance.arrayNode();
      places.forEach(place -> all.add(either(place, survey)));
      out.println(all);
      return;
    }
    out.println(subject.name());
    var columns = new Columns();
    places.forEach(place -> columns.add(place.name(), line(place, survey)));
    columns.print(out, "");
  }

  private String line(PlanPlace place, ModelSurvey survey) {
    try {
      var report = report(place, survey);
      var memory = report.memory();
      var time = report.time().orElseThrow();
      String stays =
          memory.plan().transformer().streams()
              ? "%d of %d blocks stay".formatted(memory.blocksStaying(), memory.blocks())
              : "all stays";
      return String.format(
          Locale.ROOT,
          "%s, %s at the peak, %s%s",
          stays,
          Bytes.decimal(memory.peak()),
          PlanReport.seconds(time.steps()),
          time.waits() ? ", waiting for weights" : "");
    } catch (DeviceException _) {
      return "does not fit";
    }
  }

  private ObjectNode either(PlanPlace place, ModelSurvey survey) {
    try {
      return report(place, survey).json();
    } catch (DeviceException e) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("model", subject.name())
          .put("place", place.name())
          .put("fits", false)
          .put("reason", e.getMessage());
    }
  }

  private ModelSurvey survey(PlanPlace place) {
    return subject.survey(place.computing());
  }

  private PlanReport report(PlanPlace place, ModelSurvey survey) {
    var demand = survey.demand(request);
    var planner =
        new Planner(survey.sizes(), demand, place.computing(), Start.COLD, Optional.empty());
    var limit = place.limit(wish);
    var memory = limit.of(planner);
    var time = TimeForecast.of(survey.sizes(), demand, memory, place.speed().get());
    return new PlanReport(
        subject.name(), place.name(), demand, limit.bytes(), memory, Optional.of(time));
  }
}
