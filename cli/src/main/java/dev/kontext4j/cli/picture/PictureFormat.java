package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.PictureException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// What kind of file the first bytes announce. Names are never looked at.
public enum PictureFormat {
  PNG("PNG"),
  JPEG("JPEG"),
  WEBP("WebP"),
  GIF("GIF"),
  BMP("BMP"),
  TIFF("TIFF or camera raw"),
  HEIC("HEIC"),
  AVIF("AVIF"),
  JPEG_XL("JPEG XL"),
  JPEG_2000("JPEG 2000"),
  PHOTOSHOP("Photoshop"),
  PDF("PDF"),
  ICON("Windows icon"),
  NOTHING("empty"),
  UNKNOWN("unknown");

  /// So many bytes from the start are enough to tell.
  static final int HEAD = 32;

  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");
  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");

  private final String label;

  PictureFormat(String label) {
    this.label = label;
  }

  /// This, or a refusal if pictures of this kind cannot be read.
  PictureFormat requireReadable(String name) {
    return switch (this) {
      case PNG, JPEG, WEBP -> this;
      case NOTHING ->
          throw new PictureException(name + " is empty; give a PNG, JPEG or WebP picture");
      case UNKNOWN ->
          throw new PictureException(name + " is not a picture; give a PNG, JPEG or WebP picture");
      default ->
          throw new PictureException(
              "%s is a %s file; supported: PNG, JPEG, WebP; convert it first"
                  .formatted(name, label));
    };
  }

  /// The kind that a file begins like.
  public static PictureFormat of(byte[] head) {
    String text = new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return NOTHING;
    }
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return WEBP;
    }
    return unsupported(text);
  }

  private static PictureFormat unsupported(String text) {
    if (text.startsWith("ftyp", 4) && text.length() >= 12) {
      String brand = text.substring(8, 12);
      return AVIF_BRANDS.contains(brand) ? AVIF : HEIC_BRANDS.contains(brand) ? HEIC : UNKNOWN;
    }
    if (text.startsWith("GIF8")) {
      return GIF;
    }
    if (text.startsWith("BM") && text.startsWith("\0\0\0\0", 6)) {
      return BMP;
    }
    if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
      return TIFF;
    }
    if (text.startsWith("\0\0\0\u000cJXL ") || text.startsWith("\u00ff\n")) {
      return JPEG_XL;
    }
    if (text.startsWith("\0\0\0\u000cjP  ") || text.startsWith("\u00ffO\u00ffQ")) {
      return JPEG_2000;
    }
    if (text.startsWith("8BPS")) {
      return PHOTOSHOP;
    }
    if (text.startsWith("%PDF")) {
      return PDF;
    }
    return text.startsWith("\0\0\1\0") ? ICON : UNKNOWN;
  }
}
