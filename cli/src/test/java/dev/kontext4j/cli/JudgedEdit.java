package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.sampler.picture.Picture;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A drawn scene, an instruction, and the picture that it asks for. `tools/toybox/fixtures.py`
/// makes them; no training has seen them.
record JudgedEdit(
    String name, String prompt, List<Path> pictures, Picture source, Picture target, String seed) {
  private static final int DIFFERENT = 12; // levels of 255 in any colour
  private static final int CLEARLY = 60; // levels: more than what soft edges differ by
  private static final int MARGIN = 2; // pixels around what changes that may change, too

  static List<JudgedEdit> all() throws IOException {
    var edits = new ArrayList<JudgedEdit>();
    for (JsonNode edit : new JsonMapper().readTree(file("edits.json").toFile())) {
      var pictures = edit.get("pictures").valueStream().map(name -> file(name.asText())).toList();
      edits.add(
          new JudgedEdit(
              edit.get("id").asText(),
              edit.get("prompt").asText(),
              pictures,
              read(pictures.getFirst()),
              read(file(edit.get("target").asText())),
              edit.get("seed").asText()));
    }
    return edits;
  }

  private static Path file(String name) {
    URL url = Objects.requireNonNull(JudgedEdit.class.getResource("toybox/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Picture read(Path file) {
    return new PictureReader(AlphaMode.DROP).read(file);
  }

  /// The share of what the edit clearly changes that has become what it should: pixels nearer to
  /// the target than to the source.
  double followed(Picture result) {
    int changing = 0;
    int right = 0;
    for (int y = 0; y < target.height(); y++) {
      for (int x = 0; x < target.width(); x++) {
        if (changes(x, y, CLEARLY)) {
          changing++;
          right += distance(result, target, x, y) < distance(result, source, x, y) ? 1 : 0;
        }
      }
    }
    return (double) right / changing;
  }

  /// The signal-to-noise ratio of what the edit leaves alone, in dB; infinite if it leaves nothing.
  double rest(Picture result) {
    long kept = 0;
    long error = 0;
    for (int y = 0; y < target.height(); y++) {
      for (int x = 0; x < target.width(); x++) {
        if (!nearChange(x, y)) {
          kept++;
          error += distance(result, target, x, y);
        }
      }
    }
    return kept == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(3.0 * 255 * 255 * kept / error);
  }

  private boolean changes(int x, int y, int levels) {
    for (int channel = 0; channel < 3; channel++) {
      if (Math.abs(source.value(x, y, channel) - target.value(x, y, channel)) > levels) {
        return true;
      }
    }
    return false;
  }

  private boolean nearChange(int x, int y) {
    for (int v = Math.max(0, y - MARGIN); v <= Math.min(target.height() - 1, y + MARGIN); v++) {
      for (int u = Math.max(0, x - MARGIN); u <= Math.min(target.width() - 1, x + MARGIN); u++) {
        if (changes(u, v, DIFFERENT)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int distance(Picture a, Picture b, int x, int y) {
    int sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      int difference = a.value(x, y, channel) - b.value(x, y, channel);
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public String toString() {
    return name + ": " + prompt;
  }
}
