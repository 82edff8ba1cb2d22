package dev.kontext4j.cli.recipe;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The lines that Stable Diffusion web UI writes: the prompt, the negative prompt behind its name,
/// and last `Steps: 20, Sampler: Euler, Seed: 7, ...`.
final class WebUiParameters {
  private static final String NEGATIVE = "Negative prompt:";
  private static final Pattern SETTINGS = Pattern.compile("Steps: [0-9]+");

  private final String settings;
  private int at;

  private WebUiParameters(String settings) {
    this.settings = settings;
  }

  /// Names and values, if it is such a text.
  static Optional<Map<String, String>> read(String text) {
    int start = start(text);
    if (start < 0) {
      return Optional.empty();
    }
    var fields = new LinkedHashMap<String, String>();
    String prompts = text.substring(0, start);
    int negative = prompts.indexOf(NEGATIVE);
    put(fields, "prompt", negative < 0 ? prompts : prompts.substring(0, negative));
    if (negative >= 0) {
      put(fields, "negative", prompts.substring(negative + NEGATIVE.length()));
    }
    String line = text.substring(start).lines().findFirst().orElse("");
    new WebUiParameters(line).fields(fields);
    return Optional.of(fields);
  }

  /// Where the last line that looks like the settings begins: a prompt may speak of steps, too.
  private static int start(String text) {
    int found = -1;
    for (int line = 0; line >= 0; line = text.indexOf('\n', line) + 1) {
      if (SETTINGS.matcher(text).region(line, text.length()).lookingAt()) {
        found = line;
      }
      if (text.indexOf('\n', line) < 0) {
        break;
      }
    }
    return found;
  }

  /// `name: value, name: "a value, with commas", ...`, letter by letter and each but once.
  private void fields(Map<String, String> fields) {
    while (at < settings.length()) {
      int colon = settings.indexOf(':', at);
      if (colon < 0) {
        return;
      }
      String name = settings.substring(at, colon).strip().toLowerCase(Locale.ROOT);
      at = colon + 1;
      while (at < settings.length() && settings.charAt(at) == ' ') {
        at++;
      }
      put(fields, name, value());
      int comma = settings.indexOf(',', at);
      at = comma < 0 ? settings.length() : comma + 1;
    }
  }

  private String value() {
    if (at < settings.length() && settings.charAt(at) == '"') {
      return quoted();
    }
    int comma = settings.indexOf(',', at);
    String value = settings.substring(at, comma < 0 ? settings.length() : comma);
    at += value.length();
    return value;
  }

  private String quoted() {
    var value = new StringBuilder();
    for (at++; at < settings.length() && settings.charAt(at) != '"'; at++) {
      if (settings.charAt(at) == '\\' && at + 1 < settings.length()) {
        at++;
      }
      value.append(settings.charAt(at));
    }
    return value.toString();
  }

  private static void put(Map<String, String> fields, String name, String value) {
    if (!value.isBlank() && !name.isEmpty()) {
      fields.putIfAbsent(name, value.strip());
    }
  }
}
