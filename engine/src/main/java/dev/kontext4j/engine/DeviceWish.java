package dev.kontext4j.engine;

import java.util.Optional;

/// A device that somebody asks for, or the best there is.
///
/// @param named empty: the CUDA card with the most free memory, or else the CPU
public record DeviceWish(Optional<Device> named) {
  public static final DeviceWish AUTO = new DeviceWish(Optional.empty());

  public static DeviceWish of(Device device) {
    return new DeviceWish(Optional.of(device));
  }

  /// Reads `auto`, `cpu`, `cuda` or `cuda:N`.
  public static Optional<DeviceWish> parse(String text) {
    return text.equals("auto") ? Optional.of(AUTO) : Device.parse(text).map(DeviceWish::of);
  }
}
