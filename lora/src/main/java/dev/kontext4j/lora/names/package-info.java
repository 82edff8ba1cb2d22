/// Whose weights the keys of an adapter file are about, in all the ways in which trainers and
/// programs write them.
@NullMarked
package dev.kontext4j.lora.names;

import org.jspecify.annotations.NullMarked;
