package dev.kontext4j.cli;

import dev.kontext4j.cli.picture.Encoding;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Numbers in options, with the limits named in the error.
final class Numbers {
  private Numbers() {}

  /// A whole number from 1 on.
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 1, Integer.MAX_VALUE, "from 1 on");
    }
  }

  /// The length of a picture's side.
  static final class Side implements ITypeConverter<Integer> {
    static final int MAX = 16_384;

    @Override
    public Integer convert(String text) {
      return whole(text, 1, MAX, "from 1 to " + MAX);
    }
  }

  /// The number of steps.
  static final class StepCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 1, 100, "from 1 to 100");
    }
  }

  /// The quality of a picture's file.
  static final class Quality implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, Encoding.LOWEST_QUALITY, Encoding.HIGHEST_QUALITY, "from 1 to 100");
    }
  }

  /// The guidance that the model is told.
  static final class Guidance implements ITypeConverter<Float> {
    @Override
    public Float convert(String text) {
      return upTo(text, 20);
    }
  }

  /// How strongly to steer by two prompts.
  static final class TrueCfg implements ITypeConverter<Float> {
    @Override
    public Float convert(String text) {
      return upTo(text, 100);
    }
  }

  /// How many pictures a run makes.
  static final class PictureCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 1, 10_000, "from 1 to 10000");
    }
  }

  /// How many threads compute.
  static final class ThreadCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 1, 1024, "from 1 to 1024");
    }
  }

  /// The rank of a low-rank product.
  static final class Rank implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return whole(text, 1, 4096, "from 1 to 4096");
    }
  }

  /// A seed, which may fill 64 bits.
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      String number = text.strip();
      try {
        return number.startsWith("-") ? Long.parseLong(number) : Long.parseUnsignedLong(number);
      } catch (NumberFormatException _) {
        throw new TypeConversionException(
            "'" + text + "' is not a seed; seeds are whole numbers of up to 64 bits");
      }
    }
  }

  /// A noise level.
  static final class Sigma implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double value = real(text.strip());
      if (!(value > 0 && value <= 1)) {
        throw new TypeConversionException(
            "'" + text + "' is not a noise level above 0 and up to 1");
      }
      return value;
    }
  }

  private static int whole(String text, int from, int to, String limits) {
    try {
      int value = Integer.parseInt(text);
      if (value >= from && value <= to) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new TypeConversionException("'" + text + "' is not a whole number " + limits);
  }

  private static float upTo(String text, int most) {
    float value = (float) real(text);
    if (!(value >= 0 && value <= most)) {
      throw new TypeConversionException("'" + text + "' is not a number from 0 to " + most);
    }
    return value;
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }
}
