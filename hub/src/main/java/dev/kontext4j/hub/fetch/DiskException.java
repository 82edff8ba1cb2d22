package dev.kontext4j.hub.fetch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// The disk, and not the network, refused.
final class DiskException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String place;

  DiskException(Path place, IOException cause) {
    super(cause);
    this.place = place.toString();
  }

  FetchException told() {
    Throwable cause = getCause();
    String reason =
        cause instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : String.valueOf(cause == null ? null : cause.getMessage());
    return new FetchException(
        "Could not write into %s (%s); make room there, and run this again: it goes on where it stopped"
            .formatted(place, reason),
        this);
  }
}
