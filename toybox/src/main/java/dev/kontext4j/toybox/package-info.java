/// The embedded model, a toy of the same architecture, as a folder: [EmbeddedModel].
///
/// Its files are resources beside this package, with an index (`files.json`) that
/// `tools/toybox/index` writes. What they hold is for others to know.
@NullMarked
package dev.kontext4j.toybox;

import org.jspecify.annotations.NullMarked;
