package dev.kontext4j.bench;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.cli.picture.PictureWriter;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.ModelFolder;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.OutputSize;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Spared;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.plan.Planning;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes every edit of a manifest (see [ListedEdit]) in one process, with one pipeline:
/// `tools/toybox/edit-list`. What the command line would make of the same arguments one by one.
public final class EditList {
  private final EditListOptions options;
  private final PictureReader reader = new PictureReader(AlphaMode.WHITE);

  private EditList(EditListOptions options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws IOException {
    try {
      System.out.println(run(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println("edit-list: " + e.getMessage());
      System.exit(2);
    }
  }

  /// Makes the edits, and says in a line how many and how fast.
  static String run(List<String> arguments) throws IOException {
    return new EditList(EditListOptions.of(arguments)).run();
  }

  private String run() throws IOException {
    var edits = ListedEdit.all(options.manifest());
    Files.createDirectories(options.results());
    var model = ModelFolder.open(options.modelFolder()).parts();
    var spared = Spared.NONE;
    long start = System.nanoTime();
    try (var pipeline =
        KontextPipeline.open(
            model,
            new Computing(options.dtype(), options.precision(), Device.CPU),
            Planning.ALL_STAYS)) {
      for (ListedEdit edit : edits) {
        var made = pipeline.edit(request(edit), Progress.SILENT).getFirst();
        spared = spared.plus(made.spared());
        byte[] png = new Encoding.Png().encode(made.picture(), Optional.empty());
        PictureWriter.write(options.results().resolve(edit.id() + ".png"), png);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(
        Locale.ROOT,
        "%d edits, %.3f s each; of %d steps %d taken, %d without references",
        edits.size(),
        seconds / Math.max(1, edits.size()),
        spared.steps(),
        spared.taken(),
        spared.withoutReferences());
  }

  private EditRequest request(ListedEdit edit) {
    return new EditRequest(
        Prompt.of(edit.prompt()),
        Optional.empty(),
        edit.pictures().stream().map(reader::read).toList(),
        ReferenceFit.BUCKET,
        ReferencePlacement.INDEX,
        new OutputSize.Exact(edit.width(), edit.height(), OptionalLong.empty()),
        new Steps.Count(options.steps()),
        options.guidance(),
        NoisePlan.counting(edit.seed(), 1, false, Optional.empty()),
        OptionalInt.empty(),
        options.fast());
  }
}
