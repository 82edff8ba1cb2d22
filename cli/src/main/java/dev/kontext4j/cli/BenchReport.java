package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.bench.Measurement;
import dev.kontext4j.cli.output.Bytes;
import dev.kontext4j.cli.recipe.Word;
import dev.kontext4j.engine.Libtorch;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import java.io.PrintWriter;
import java.util.Locale;

/// What `kontext bench` tells.
///
/// @param steps how many were made
record BenchReport(
    Measurement measured, String model, Computing computing, int pictures, int steps) {
  /// Kontext's usual number.
  private static final int USUAL_STEPS = 28;

  void print(PrintWriter out) {
    out.println(
        "%s, %s, %s, %d picture%s to %s"
            .formatted(
                model, where(), numbers(), pictures, pictures == 1 ? "" : "s", measured.size()));
    var columns =
        new Columns()
            .add("open", seconds(measured.open()) + ", headers and tokenizers")
            .add("text", seconds(measured.text()) + ", both encoders with their loading")
            .add("pictures", seconds(measured.references()) + ", through the VAE")
            .add("preparation", seconds(measured.shared()) + ", what all steps share")
            .add("first step", seconds(measured.first()) + ", with the reading of weights")
            .add("step", seconds(measured.step()) + ofTheOthers())
            .add("decoding", seconds(measured.decoding()) + ", to the picture")
            .add(
                USUAL_STEPS + " steps",
                seconds(measured.whole(USUAL_STEPS)) + ", text to picture, computed from these");
    if (measured.fast().isExact()) {
      columns.add(
          "arithmetic",
          String.format(
              Locale.ROOT,
              "%.3f TFLOP/s in a step, %.0f %% of the %.3f of a plain product",
              measured.speed(),
              100 * measured.share(),
              measured.product()));
    } else {
      SparedText.after(measured.fast(), measured.spared())
          .forEach(line -> columns.add("spared", line));
    }
    measured
        .peakBytes()
        .ifPresent(bytes -> columns.add("memory", Bytes.text(bytes) + " at the peak"));
    columns.print(out, "");
  }

  private String numbers() {
    String dtype = Word.of(computing.dtype());
    return computing.precision() == Precision.EXACT
        ? dtype
        : dtype + " with " + Word.of(computing.precision());
  }

  private String ofTheOthers() {
    return ", %s of the other %d"
        .formatted(measured.fast().isExact() ? "median" : "mean", steps - 1);
  }

  private String where() {
    return computing.device().isCpu()
        ? "cpu with %d thread%s".formatted(Libtorch.threads(), Libtorch.threads() == 1 ? "" : "s")
        : computing.device().toString();
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.3f s" : "%.1f s", seconds);
  }

  ObjectNode json() {
    var root = JsonNodeFactory.instance.objectNode();
    root.put("model", model)
        .put("device", computing.device().toString())
        .put("dtype", Word.of(computing.dtype()))
        .put("precision", Word.of(computing.precision()))
        .put("libtorch", Libtorch.version())
        .put("pictures", pictures)
        .put("steps", steps)
        .put("width", measured.size().width())
        .put("height", measured.size().height());
    root.putObject("tokens")
        .put("text", measured.tokens().text())
        .put("noise", measured.tokens().noise())
        .put("references", measured.tokens().references());
    if (computing.device().isCpu()) {
      root.put("threads", Libtorch.threads());
    }
    root.putObject("seconds")
        .put("open", measured.open())
        .put("text", measured.text())
        .put("references", measured.references())
        .put("preparation", measured.shared())
        .put("first", measured.first())
        .put("step", measured.step())
        .put("decoding", measured.decoding());
    root.put("tflop", measured.work()).put("product-tflops", measured.product());
    if (measured.fast().isExact()) {
      root.put("tflops", measured.speed()).put("share", measured.share());
    } else {
      root.put("fast", measured.fast().toString());
      root.set("spared", SparedText.json(measured.spared()));
    }
    measured.peakBytes().ifPresent(bytes -> root.put("peak-bytes", bytes));
    return root;
  }
}
