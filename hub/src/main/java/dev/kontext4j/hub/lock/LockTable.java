package dev.kontext4j.hub.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;

/// One table of a lock file, read key by key; a key that nobody asks for is an error.
final class LockTable {
  private final String place;
  private final JsonNode fields;
  private final Set<String> asked = new HashSet<>();

  /// @param place what to call the table in a message
  LockTable(String place, JsonNode fields) {
    this.place = place;
    this.fields = fields;
    if (!fields.isObject()) {
      throw wrong("must be a table");
    }
  }

  String text(String key) {
    return optionalText(key).orElseThrow(() -> wrong("lacks " + key));
  }

  Optional<String> optionalText(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && (!value.isTextual() || value.asText().isBlank())) {
      throw wrong(key + " must be a text");
    }
    return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText().strip());
  }

  OptionalLong count(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode()
        && (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1)) {
      throw wrong(key + " must be a whole number from 1 on");
    }
    return value.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(value.asLong());
  }

  boolean flag(String key) {
    JsonNode value = value(key);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw wrong(key + " must be true or false");
    }
    return value.asBoolean(false);
  }

  /// What `key` names in another table of the lock.
  <T> T named(String key, Map<String, T> among) {
    return known(key, text(key), among);
  }

  <T> T known(String key, String name, Map<String, T> among) {
    T found = among.get(name);
    if (found == null) {
      throw wrong("%s \"%s\" is not in the lock".formatted(key, name));
    }
    return found;
  }

  /// The tables below `key`, each made into something, in their order.
  <T> Map<String, T> tables(String key, BiFunction<String, LockTable, T> making) {
    var made = new LinkedHashMap<String, T>();
    value(key)
        .propertyStream()
        .forEach(field -> {
          var table = new LockTable(key + "." + field.getKey(), field.getValue());
          made.put(field.getKey(), making.apply(field.getKey(), table));
          table.end();
        });
    return made;
  }

  /// The tables of the list below `key`.
  Iterable<LockTable> list(String key) {
    JsonNode list = value(key);
    if (!list.isArray()) {
      throw wrong(key + " must be a list of tables");
    }
    return list.valueStream().map(entry -> new LockTable(place + "." + key, entry)).toList();
  }

  /// Everything has been asked for.
  void end() {
    fields
        .propertyStream()
        .filter(field -> !asked.contains(field.getKey()))
        .findFirst()
        .ifPresent(field -> {
          throw wrong("has an unknown key " + field.getKey());
        });
  }

  LockException wrong(String what) {
    return new LockException("%s %s".formatted(place, what));
  }

  private JsonNode value(String key) {
    asked.add(key);
    return fields.path(key);
  }
}
