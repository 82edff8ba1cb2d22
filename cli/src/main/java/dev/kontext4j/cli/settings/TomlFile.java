package dev.kontext4j.cli.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.cli.failure.WriteException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A TOML file that has nothing but plain values on its first level.
final class TomlFile {
  private TomlFile() {}

  /// The values as texts, in their order. A file that is not there has none.
  ///
  /// @throws UsageException with the place where something is wrong
  static Map<String, String> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return values(file.toString(), Files.readString(file));
    } catch (CharacterCodingException _) {
      throw new UsageException(file + " is not UTF-8; save it so");
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read: " + WriteException.reason(e));
    }
  }

  /// @param name what to call the file in a message
  static Map<String, String> values(String name, String toml) {
    var values = new LinkedHashMap<String, String>();
    parsed(name, toml)
        .propertyStream()
        .forEach(field -> {
          JsonNode value = field.getValue();
          if (!value.isValueNode()) {
            throw new UsageException(
                "%s: %s must be a plain value, a text or a number".formatted(name, field.getKey()));
          }
          values.put(field.getKey(), value.asText());
        });
    return values;
  }

  private static JsonNode parsed(String name, String toml) {
    try {
      return new TomlMapper().readTree(toml);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      String line = place == null ? "" : ", line " + place.getLineNr();
      throw new UsageException(
          "%s%s is not TOML: %s".formatted(name, line, e.getOriginalMessage()));
    }
  }
}
