package dev.kontext4j.cli;

import dev.kontext4j.engine.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `cpu`, `cuda` or `cuda:N`.
final class DeviceConverter implements ITypeConverter<Device> {
  @Override
  public Device convert(String text) {
    return Device.parse(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "there is no device '" + text + "'; use cpu, cuda or cuda:N"));
  }
}
