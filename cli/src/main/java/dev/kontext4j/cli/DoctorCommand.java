package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.doctor.Examination;
import dev.kontext4j.cli.doctor.Finding;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.settings.Setting;
import dev.kontext4j.cli.settings.Settings;
import dev.kontext4j.cli.settings.Settings.Settled;
import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.sampler.text.TextFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `kontext doctor`
@Command(
    name = "doctor",
    description =
        "Looks at what this machine has for editing pictures, and names the cure for what is wrong."
            + " If anything is, the exit code is 1.",
    customSynopsis = "kontext doctor [--model DIR] [--libtorch DIR] [--json]",
    footerHeading = "%nExample:%n",
    footer = "  kontext doctor")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR|toybox",
      description = "The model to look at (default: as for edit).")
  private @Nullable String model;

  @Option(names = "--libtorch", paramLabel = "DIR", description = "The libtorch, as for edit.")
  private @Nullable Path libtorch;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var findings = new ArrayList<Finding>();
    findings.add(new Finding("kontext4j", Version.number(), Optional.empty()));
    findings.addAll(Examination.of(Optional.ofNullable(libtorch), CacheFolder.named("")));
    findings.add(texts(TextCacheOptions.folder()));
    findings.add(model());
    var settings = settings(findings);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report(findings, settings));
    } else {
      print(out, findings, settings);
    }
    Results.requireArrival(out);
    boolean healthy = findings.stream().allMatch(finding -> finding.cure().isEmpty());
    return (healthy ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private static Optional<Settings> settings(List<Finding> findings) {
    try {
      return Optional.of(Settings.read());
    } catch (UsageException e) {
      findings.add(
          new Finding("settings", String.valueOf(e.getMessage()), Optional.of("mend that file")));
      return Optional.empty();
    }
  }

  private Finding model() {
    try {
      var choice = ModelChoice.of(model);
      Path place = choice.folder();
      choice.files();
      return new Finding("model", choice.name() + ", " + place, Optional.empty());
    } catch (CheckpointException e) {
      return new Finding(
          "model", String.valueOf(e.getMessage()), Optional.of("name another with --model DIR"));
    }
  }

  /// What edits have kept, which anybody may delete.
  private static Finding texts(Path folder) {
    String bound = Bytes.decimal(TextFolder.USUAL_BOUND);
    try {
      return new Finding(
          "texts",
          "%s of at most %s in %s; delete it to forget them"
              .formatted(Bytes.decimal(TextFolder.bytes(folder)), bound, folder),
          Optional.empty());
    } catch (IOException _) {
      return new Finding(
          "texts",
          "none kept; at most %s would be in %s".formatted(bound, folder),
          Optional.empty());
    }
  }

  private static void print(PrintWriter out, List<Finding> findings, Optional<Settings> settings) {
    var columns = new Columns();
    findings.forEach(finding -> columns.add(finding.subject(), finding.state()));
    settings.ifPresent(found -> add(columns, found));
    columns.print(out, "");
    var bad = findings.stream().filter(finding -> finding.cure().isPresent()).toList();
    out.println();
    bad.forEach(f -> out.println("Problem: %s; %s".formatted(f.subject(), f.cure().orElseThrow())));
    out.println(bad.isEmpty() ? "Nothing is wrong." : "");
  }

  private static void add(Columns columns, Settings settings) {
    if (!Files.exists(settings.file())) {
      columns.add("settings", "none; they would be in " + settings.file());
    }
    for (Setting setting : Setting.values()) {
      settings
          .of(setting)
          .ifPresent(s -> columns.add(setting.key(), s.value() + " (" + s.origin() + ")"));
    }
  }

  private static ObjectNode report(List<Finding> findings, Optional<Settings> settings) {
    var root = JsonNodeFactory.instance.objectNode();
    var array = root.putArray("findings");
    for (Finding finding : findings) {
      var object =
          array
              .addObject()
              .put("subject", finding.subject())
              .put("state", finding.state())
              .put("good", finding.cure().isEmpty());
      finding.cure().ifPresent(cure -> object.put("cure", cure));
    }
    var settled = root.putObject("settings");
    settings.ifPresent(found -> {
      for (Setting setting : Setting.values()) {
        found.of(setting).ifPresent(value -> put(settled.putObject(setting.key()), value));
      }
      root.put("file", found.file().toString());
    });
    return root;
  }

  private static void put(ObjectNode object, Settled settled) {
    object.put("value", settled.value()).put("origin", settled.origin());
  }
}
