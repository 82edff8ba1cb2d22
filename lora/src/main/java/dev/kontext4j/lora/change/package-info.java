/// What adapters do to a weight: each kind is a [Change][dev.kontext4j.lora.change.Change].
@NullMarked
package dev.kontext4j.lora.change;

import org.jspecify.annotations.NullMarked;
