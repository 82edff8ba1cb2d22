/// Adapters as the command line names them: which file, how strong, on which blocks.
@NullMarked
package dev.kontext4j.cli.lora;

import org.jspecify.annotations.NullMarked;
