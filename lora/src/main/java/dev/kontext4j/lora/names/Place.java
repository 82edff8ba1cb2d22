package dev.kontext4j.lora.names;

import java.util.List;
import java.util.Optional;

/// A layer of a network, or the part of a layer that other names know as a layer of its own.
///
/// @param weight empty where there is only a bias
/// @param pieces the layers that other names make of this one, if they do
public record Place(Optional<Target> weight, Optional<Target> bias, List<Place> pieces) {
  public Place {
    pieces = List.copyOf(pieces);
  }
}
