package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.weights.Sha256;
import java.util.Optional;

/// An answer that was good.
///
/// @param sha256 of the whole file, if the server tells it
record Answer(Arrival arrival, Optional<Sha256> sha256) {}
