/// How a command fails: one line, an exit code, no stack trace. [Failure].
@NullMarked
package dev.kontext4j.cli.failure;

import org.jspecify.annotations.NullMarked;
