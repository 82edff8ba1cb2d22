package dev.kontext4j.cli.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.sampler.picture.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// The fields of an object in a recipe, each of the kind that it should be.
record Fields(JsonNode object) {
  private static final int LONGEST_SIDE = 16_384;

  Fields {
    if (!object.isObject()) {
      throw new InputException("the recipe is damaged: an object is missing");
    }
  }

  Fields at(String name) {
    return new Fields(object.path(name));
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> wrong(name, "a text"));
  }

  Optional<String> optionalText(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    require(object.get(name).isTextual(), name, "a text");
    return Optional.of(object.get(name).textValue());
  }

  int whole(String name, int least, int most) {
    JsonNode value = object.path(name);
    boolean fits = value.isIntegralNumber() && value.canConvertToInt();
    require(
        fits && value.intValue() >= least && value.intValue() <= most,
        name,
        "a whole number from " + least + " to " + most);
    return value.intValue();
  }

  OptionalInt optionalWhole(String name, int least, int most) {
    return has(name) ? OptionalInt.of(whole(name, least, most)) : OptionalInt.empty();
  }

  long longer(String name) {
    JsonNode value = object.path(name);
    require(value.canConvertToLong() && value.isIntegralNumber(), name, "a whole number");
    return value.longValue();
  }

  /// From 0 on.
  float number(String name, int most) {
    JsonNode value = object.path(name);
    float number = value.floatValue();
    require(value.isNumber() && number >= 0 && number <= most, name, "a number up to " + most);
    return number;
  }

  /// On either side of 0.
  double signed(String name, int most) {
    JsonNode value = object.path(name);
    double number = value.doubleValue();
    require(
        value.isNumber() && Math.abs(number) <= most,
        name,
        "a number from -" + most + " to " + most);
    return number;
  }

  /// Noise levels, each above 0 and below the one before it.
  List<Double> fallingLevels(String name) {
    var levels = new ArrayList<Double>();
    double last = Math.nextUp(1.0);
    for (JsonNode level : object.path(name)) {
      double value = level.doubleValue();
      require(level.isNumber() && value > 0 && value < last, name, "numbers that fall from 1 to 0");
      levels.add(value);
      last = value;
    }
    require(!levels.isEmpty(), name, "numbers that fall from 1 to 0");
    return levels;
  }

  Size size() {
    return new Size(whole("width", 1, LONGEST_SIDE), whole("height", 1, LONGEST_SIDE));
  }

  Sha256 sha256(String name) {
    String digits = text(name);
    require(Sha256.FORM.matcher(digits).matches(), name, "64 hexadecimal digits");
    return new Sha256(digits);
  }

  /// All fields of this object, each a hash.
  Map<String, Sha256> hashes() {
    var hashes = new TreeMap<String, Sha256>();
    object.fieldNames().forEachRemaining(name -> hashes.put(name, sha256(name)));
    return hashes;
  }

  /// One of the values of an enum.
  <E extends Enum<E>> E word(String name, Class<E> kind) {
    String word = text(name);
    return Arrays.stream(kind.getEnumConstants())
        .filter(value -> Word.of(value).equals(word))
        .findFirst()
        .orElseThrow(() -> wrong(name, "one of " + Arrays.toString(kind.getEnumConstants())));
  }

  private static void require(boolean condition, String name, String kind) {
    if (!condition) {
      throw wrong(name, kind);
    }
  }

  private static InputException wrong(String name, String kind) {
    return new InputException("the recipe is damaged: \"" + name + "\" must be " + kind);
  }
}
