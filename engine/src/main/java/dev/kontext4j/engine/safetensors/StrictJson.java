package dev.kontext4j.engine.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON text of a weight file, read token by token: strict UTF-8, no nesting beyond what is asked
/// for, and a budget of heap, since the file may be hostile and as long as 100 MB.
final class StrictJson implements AutoCloseable {
  /// What all that is kept of one text may weigh. Room for some 60,000 tensors with usual names
  /// (FLUX.1 has 780) or for 8 million characters of metadata; with what the parser needs on the
  /// way it keeps the opening of a file under 64 MiB.
  private static final long BUDGET = 16 << 20;

  private static final int LONGEST_TEXT = 4 << 20;
  private static final int COUNT_WEIGHT = 24;

  /// Names are neither pooled nor interned: what a hostile file says must not outlive its reading.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(LONGEST_TEXT)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .build();

  private final Path file;
  private final JsonParser parser;
  private long budget = BUDGET;

  StrictJson(Path file, InputStream utf8) throws IOException {
    this.file = file;
    // A decoder, unlike a charset, reports malformed bytes instead of replacing them.
    this.parser =
        JSON.createParser(new InputStreamReader(utf8, StandardCharsets.UTF_8.newDecoder()));
  }

  /// What a failure to read means; for the one who reads the text from its beginning to its end.
  static CheckpointException refusal(Path file, IOException cause) {
    return switch (cause) {
      case CharacterCodingException _ ->
          Refusal.of(file, "its JSON is not valid UTF-8; " + Refusal.DAMAGED);
      case StreamConstraintsException _ ->
          Refusal.of(file, "its JSON holds longer texts or deeper nesting than any model's does");
      case JsonProcessingException wrong -> Refusal.of(file, notJson(wrong));
      default -> Refusal.unreadable(file, cause);
    };
  }

  private static String notJson(JsonProcessingException wrong) {
    String why = wrong.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    long place = wrong.getLocation() == null ? 0 : wrong.getLocation().getCharOffset();
    return "not valid JSON at character %d: %s; %s"
        .formatted(place, Refusal.shown(why), Refusal.DAMAGED);
  }

  /// Counts what the caller is about to keep.
  void keep(long bytes) {
    budget -= bytes;
    if (budget < 0) {
      throw Refusal.of(
          file,
          "its names and texts need more than %d MiB of memory; no model file does"
              .formatted(BUDGET >> 20));
    }
  }

  void beginObject(String what) throws IOException {
    expect(JsonToken.START_OBJECT, what, "an object");
  }

  /// The next name of the object that was begun, null at its end.
  @Nullable String nextName() throws IOException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return null;
    }
    return unicode(parser.currentName());
  }

  /// A string; counted as kept.
  String text(String what) throws IOException {
    expect(JsonToken.VALUE_STRING, what, "a string");
    keep(2L * parser.getTextLength());
    return unicode(parser.getText());
  }

  /// A list of whole numbers from 0 on; counted as kept.
  List<Long> counts(String what) throws IOException {
    expect(JsonToken.START_ARRAY, what, "a list of whole numbers");
    var counts = new ArrayList<Long>(4);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      keep(COUNT_WEIGHT);
      counts.add(count(what));
    }
    return List.copyOf(counts);
  }

  /// Passes over a value of any kind.
  void skip() throws IOException {
    parser.nextToken();
    parser.skipChildren();
  }

  /// Nothing but spaces may follow.
  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw unexpected("the JSON", "nothing after its object");
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  private long count(String what) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw unexpected(what, "whole numbers");
    }
    boolean fits = parser.getNumberType() != NumberType.BIG_INTEGER;
    if (!fits || parser.getLongValue() < 0) {
      throw unexpected(what, "numbers from 0 to 2^63 - 1");
    }
    return parser.getLongValue();
  }

  private void expect(JsonToken token, String what, String kind) throws IOException {
    if (parser.nextToken() != token) {
      throw unexpected(what, kind);
    }
  }

  private CheckpointException unexpected(String what, String expected) throws IOException {
    String got = Refusal.shown(String.valueOf(parser.getText()));
    return Refusal.of(
        file, "%s: expected %s, got %s; %s".formatted(what, expected, got, Refusal.DAMAGED));
  }

  /// JSON can spell half a surrogate pair (`\\ud800`), which is no text.
  private String unicode(String text) {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (Character.getType(text.codePointAt(at)) == Character.SURROGATE) {
        throw Refusal.of(
            file, "%s is not valid Unicode; %s".formatted(Refusal.quoted(text), Refusal.DAMAGED));
      }
    }
    return text;
  }
}
