/// Where pictures come from: files, standard input, the web. [PictureSource].
@NullMarked
package dev.kontext4j.cli.source;

import org.jspecify.annotations.NullMarked;
