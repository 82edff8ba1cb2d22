/// What a run says of itself while it goes on. [RunDisplay].
@NullMarked
package dev.kontext4j.cli.progress;

import org.jspecify.annotations.NullMarked;
