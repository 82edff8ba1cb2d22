package dev.kontext4j.cli;

import dev.kontext4j.sampler.OutputSize.Ratio;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `16:9`.
final class RatioConverter implements ITypeConverter<Ratio> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3}):([1-9][0-9]{0,3})");
  private static final int WIDEST = 21;
  private static final int LOWEST = 9;

  @Override
  public Ratio convert(String text) {
    var form = FORM.matcher(text);
    if (form.matches()) {
      int width = Integer.parseInt(form.group(1));
      int height = Integer.parseInt(form.group(2));
      if (width * LOWEST <= height * WIDEST && height * LOWEST <= width * WIDEST) {
        return new Ratio(width, height);
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is not a ratio from 9:21 to 21:9, such as 16:9");
  }
}
