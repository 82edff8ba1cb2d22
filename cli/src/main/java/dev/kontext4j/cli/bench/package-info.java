/// How fast a model runs on this machine. [Measurement].
@NullMarked
package dev.kontext4j.cli.bench;

import org.jspecify.annotations.NullMarked;
