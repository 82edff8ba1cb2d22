package dev.kontext4j.transformer.flux;

import java.util.function.IntFunction;

/// What the blocks are told beside the tokens of one call of [FluxTransformer#velocity].
///
/// @param rope positions of the tokens that are computed
/// @param noiseTokens how many; they stand first in the image stream
/// @param keys what each block remembers, by its number, single blocks behind the double ones
record Moment(
    Modulations modulations, int step, Rope rope, long noiseTokens, IntFunction<KeyMemory> keys) {}
