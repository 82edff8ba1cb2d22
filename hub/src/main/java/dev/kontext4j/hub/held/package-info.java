/// Files that are on this machine already, whoever brought them: [HeldFiles].
@NullMarked
package dev.kontext4j.hub.held;

import org.jspecify.annotations.NullMarked;
