/// What text encoders have made of prompts, kept from run to run: [KnownTexts], on the disk
/// [TextFolder].
@NullMarked
package dev.kontext4j.sampler.text;

import org.jspecify.annotations.NullMarked;
