package dev.kontext4j.engine;

/// A device is not there, not usable, or has too little memory.
public sealed class DeviceException extends EngineException permits MemoryException {
  private static final long serialVersionUID = 1L;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
