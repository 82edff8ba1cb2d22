/// The command line.
@NullMarked
package dev.kontext4j.cli;

import org.jspecify.annotations.NullMarked;
