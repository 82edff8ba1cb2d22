package dev.kontext4j.lora.names;

/// What of a tensor a layout knows as a layer.
///
/// @param layer as the layout calls it
public record Portion(String layer, Rows rows) {}
