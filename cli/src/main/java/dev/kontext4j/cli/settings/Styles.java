package dev.kontext4j.cli.settings;

import dev.kontext4j.cli.failure.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The styles that a picture can be shown in, by their names: ours and the user's own, of which one
/// may take the place of one of ours.
public final class Styles {
  /// In our resources, and in the user's folder.
  public static final String FILE = "styles.toml";

  private final Map<String, Style> byName = new TreeMap<>();

  /// A style.
  ///
  /// @param text what is asked of the model
  /// @param own whether the user wrote it
  public record Style(String name, String text, boolean own) {

    /// A prompt that asks for the style, too.
    ///
    /// @param prompt what is asked for besides; it may be empty
    public String with(String prompt) {
      String asked = prompt.strip();
      if (asked.isEmpty()) {
        return text;
      }
      return asked + (asked.matches("(?s).*[.!?]") ? " " : ". ") + text;
    }
  }

  private Styles() {}

  /// Ours and this user's.
  public static Styles read() {
    return read(ConfigFolder.file(FILE));
  }

  static Styles read(Path own) {
    var styles = new Styles();
    styles.add(TomlFile.values(FILE, ours()), false);
    styles.add(TomlFile.read(own), true);
    return styles;
  }

  private void add(Map<String, String> texts, boolean own) {
    texts.forEach((name, text) -> byName.put(name, new Style(name, text.strip(), own)));
  }

  private static String ours() {
    try (InputStream in = Styles.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " is part of every build", e);
    }
  }

  /// In the order of their names.
  public Iterable<Style> all() {
    return byName.values();
  }

  public Style named(String name) {
    Style style = byName.get(name);
    if (style == null) {
      throw new UsageException("there is no style \"" + name + "\"; kontext styles lists them");
    }
    return style;
  }
}
