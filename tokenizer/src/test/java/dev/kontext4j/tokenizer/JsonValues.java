package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Casts for expected values.
final class JsonValues {
  private JsonValues() {}

  static int integer(@Nullable Object value) {
    return value instanceof Double number ? number.intValue() : fail("no number: " + value);
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : fail("no array: " + value);
  }

  static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : fail("no object: " + value);
  }

  static List<Integer> ids(@Nullable Object value) {
    return list(value).stream().map(JsonValues::integer).toList();
  }
}
