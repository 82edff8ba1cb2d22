/// The manual, written from the commands themselves: man pages and docs/cli.md. [CommandText].
@NullMarked
package dev.kontext4j.cli.manual;

import org.jspecify.annotations.NullMarked;
