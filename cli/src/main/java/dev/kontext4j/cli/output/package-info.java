/// Where results go: names, folders, standard output. [Destination].
@NullMarked
package dev.kontext4j.cli.output;

import org.jspecify.annotations.NullMarked;
