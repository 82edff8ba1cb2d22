/// What a file of weights really is, told from its header (and from its hash, where it is known),
/// and never from its name: [Inspection].
@NullMarked
package dev.kontext4j.hub.inspect;

import org.jspecify.annotations.NullMarked;
