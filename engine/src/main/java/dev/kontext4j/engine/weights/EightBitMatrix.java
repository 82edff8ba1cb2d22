package dev.kontext4j.engine.weights;

/// A weight in numbers of 8 bits, as two parameters: both are needed for a product.
///
/// @param numbers (rows, columns)
/// @param scales of each row: (rows, 1), f32
public record EightBitMatrix(Parameter numbers, Parameter scales) {}
