/// Picture files in and out. {@link dev.kontext4j.cli.picture.PictureReader} makes upright 8-bit
/// RGB of PNG, JPEG and WebP as Pillow does; {@link dev.kontext4j.cli.picture.PictureWriter} writes
/// PNG.
///
/// Each format is one `PictureFile`: it reads the header at once and decodes only when asked, so
/// that a picture that is too large is refused before memory is spent on it. PNG is decoded here,
/// because the JDK's reader hides transparency keys and repairs damaged files silently; JPEG
/// coefficients are decoded by the JDK's libjpeg and their colours here, by libjpeg's formulas;
/// WebP is decoded by libwebp.
@NullMarked
package dev.kontext4j.cli.picture;

import org.jspecify.annotations.NullMarked;
