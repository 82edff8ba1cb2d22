package dev.kontext4j.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON file that is one object. What is small becomes maps and lists; what is big (a vocabulary)
/// is checked and passed on as the text it is, for the native side will parse it anyway.
final class JsonFile {
  /// Without tables of field names: with them, reading CLIP's vocab.json takes 4 times as long.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /// Receives the fields of an object one by one, and must consume each value.
  interface Fields {
    void field(String name, JsonParser value) throws IOException;
  }

  private final Path file;
  private final String text;

  JsonFile(Path file) {
    this.file = file;
    this.text = ModelFile.text(file);
  }

  /// The whole file as a map.
  Map<String, @Nullable Object> object() {
    var object = new LinkedHashMap<String, @Nullable Object>();
    read((name, value) -> object.put(name, value(value)));
    return object;
  }

  /// The whole file as text.
  String text() {
    read((_, value) -> value.skipChildren());
    return text;
  }

  /// Hands over the fields of the file's object.
  void read(Fields fields) {
    try (var parser = FACTORY.createParser(text)) {
      parser.nextToken();
      members(parser, fields);
      if (parser.nextToken() != null) {
        throw damaged("text after the end", null);
      }
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String where = at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
      // Jackson ends some messages with where it looked from, in words that help nobody.
      String reason = e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
      throw damaged(reason + where, e);
    } catch (IOException e) {
      throw damaged(e.toString(), e);
    }
  }

  /// Hands over the fields of the object at which `parser` stands.
  void members(JsonParser parser, Fields fields) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      throw damaged("an object was expected, found " + parser.currentToken(), null);
    }
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.field(name, parser);
    }
  }

  /// The object or array at which `parser` stands, as the text it is in the file.
  String raw(JsonParser parser) throws IOException {
    long start = parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return text.substring((int) start, (int) parser.currentLocation().getCharOffset());
  }

  /// The value at which `parser` stands, as maps, lists, strings, doubles and booleans.
  @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var object = new LinkedHashMap<String, @Nullable Object>();
        members(parser, (name, value) -> object.put(name, value(value)));
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  TokenizerException damaged(String problem, @Nullable Throwable cause) {
    return TokenizerException.damaged(file, "not the JSON expected (" + problem + ")", cause);
  }
}
