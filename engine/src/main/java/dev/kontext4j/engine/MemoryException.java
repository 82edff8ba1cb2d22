package dev.kontext4j.engine;

/// A device had too little memory left for something. What was asked for may be asked for again,
/// when there is more.
public final class MemoryException extends DeviceException {
  private static final long serialVersionUID = 1L;

  public MemoryException(String message) {
    super(message);
  }
}
