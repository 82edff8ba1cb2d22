package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names and values in two columns, as wide as a terminal; values are wrapped beside their names.
final class Columns {
  private static final int WIDTH = 79;
  private static final int WIDEST_NAME = 24;

  private final Map<String, String> rows = new LinkedHashMap<>();

  Columns add(String name, String value) {
    rows.put(name, value);
    return this;
  }

  Columns addAll(Map<String, String> more) {
    rows.putAll(more);
    return this;
  }

  void print(PrintWriter out, String indent) {
    int names =
        Math.min(WIDEST_NAME, rows.keySet().stream().mapToInt(String::length).max().orElse(0));
    String empty = indent + " ".repeat(names + 2);
    rows.forEach((name, value) -> {
      String start = indent + "%-" + Math.max(1, names) + "s  ";
      var lines = wrapped(value, Math.max(20, WIDTH - empty.length()));
      out.printf(start + "%s%n", Printable.line(name), lines.getFirst());
      lines.stream().skip(1).forEach(line -> out.println(empty + line));
    });
  }

  /// The lines of a value: its own, and those that are too long broken between words. A word that
  /// is too long itself, such as a path, stays whole, so that it can be copied.
  private static List<String> wrapped(String value, int width) {
    var lines = new ArrayList<String>();
    for (String paragraph : value.strip().split("\\R", -1)) {
      var line = new StringBuilder();
      for (String word : Printable.line(paragraph).split(" +", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
