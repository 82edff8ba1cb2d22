package dev.kontext4j.cli;

import java.util.OptionalLong;

/// What the user asks of memory.
///
/// @param limit of all that the run may take on its device
record MemoryWish(OptionalLong limit, TileWish tiles) {}
