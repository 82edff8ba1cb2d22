package dev.kontext4j.cli;

import dev.kontext4j.transformer.convert.Target;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what weights are to be converted to.
final class TargetConverter implements ITypeConverter<Target> {
  static final String CHOICE = "bf16|fp8-scaled|q8_0|diffusers|bfl";

  @Override
  public Target convert(String text) {
    try {
      return Target.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException _) {
      throw new TypeConversionException("must be one of %s".formatted(CHOICE.replace("|", ", ")));
    }
  }
}
