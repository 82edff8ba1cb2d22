/// Pictures as 8-bit RGB in plain memory, the sizes the model likes, and resizing equal to
/// Pillow's.
///
/// Knows no files and no tensors.
@NullMarked
package dev.kontext4j.sampler.picture;

import org.jspecify.annotations.NullMarked;
