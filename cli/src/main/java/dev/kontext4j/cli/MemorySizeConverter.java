package dev.kontext4j.cli;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an amount of memory with its unit, such as `12GiB`, to bytes.
final class MemorySizeConverter implements ITypeConverter<Long> {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?(MB|GB|MiB|GiB)");
  private static final Map<String, Long> UNITS =
      Map.of("MB", 1_000_000L, "GB", 1_000_000_000L, "MiB", 1L << 20, "GiB", 1L << 30);

  @Override
  public Long convert(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not an amount of memory; write it with its unit, such as 12GiB or 800MB");
    }
    var unit = BigDecimal.valueOf(UNITS.getOrDefault(form.group(2), 1L));
    return new BigDecimal(form.group(1)).multiply(unit).longValue();
  }
}
