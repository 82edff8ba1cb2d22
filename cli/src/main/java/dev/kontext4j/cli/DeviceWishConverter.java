package dev.kontext4j.cli;

import dev.kontext4j.engine.DeviceWish;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `auto`, `cpu`, `cuda` or `cuda:N`.
final class DeviceWishConverter implements ITypeConverter<DeviceWish> {
  @Override
  public DeviceWish convert(String text) {
    return DeviceWish.parse(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "there is no device '" + text + "'; use auto, cpu, cuda or cuda:N"));
  }
}
