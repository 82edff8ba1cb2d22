/// Adapter files to merged weights: [Adapter] reads a file, [Adapters] makes of several of them the
/// overlays that networks are opened under.
///
/// What a file's keys mean is found out by [names][dev.kontext4j.lora.names], what they do to a
/// weight is told by `change`.
@NullMarked
package dev.kontext4j.lora;

import org.jspecify.annotations.NullMarked;
