package dev.kontext4j.lora;

import dev.kontext4j.lora.change.Change;
import dev.kontext4j.lora.names.Target;

/// A change and what it is made to.
///
/// @param layer as the adapter's file calls it
public record Planned(String layer, Target target, Change change) {}
