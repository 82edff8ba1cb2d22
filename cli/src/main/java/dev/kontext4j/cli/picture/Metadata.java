package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.PictureException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a picture's file says beside its pixels. Metadata that makes no sense says nothing.
public final class Metadata {
  private static final int ORIENTATION = 0x0112;
  private static final int USER_COMMENT = 0x9286;
  private static final int MOST_TEXTS = 32;
  private static final int CODE = 8; // bytes before a comment that tell its letters
  private static final Map<Integer, String> EXIF_TEXTS =
      Map.of(0x010e, "ImageDescription", 0x010f, "Make", 0x0110, "Model", 0x0131, "Software");
  private static final Pattern XMP_ORIENTATION =
      Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  private final List<TiffDirectory> exif = new ArrayList<>();
  private final List<String> xmp = new ArrayList<>();
  private final List<PngText> texts = new ArrayList<>();

  /// The metadata of a picture's file.
  ///
  /// @param name what to call the file in a message
  public static Metadata of(String name, byte[] file) {
    try {
      return PictureFile.of(name, file).metadata();
    } catch (IOException e) {
      throw new PictureException(name + " " + e.getMessage(), e);
    }
  }

  void addExif(byte[] block) {
    exif.add(new TiffDirectory(block));
  }

  void addXmp(byte[] packet) {
    xmp.add(new String(packet, StandardCharsets.UTF_8));
  }

  /// Of very many texts the last are passed over: their number alone would fill the memory.
  void addText(PngText text) {
    if (texts.size() == MOST_TEXTS) {
      return;
    }
    texts.add(text);
    switch (text.keyword()) {
      case "XML:com.adobe.xmp" -> addXmp(text.content());
      case "Raw profile type exif" -> addExif(text.rawProfile());
      default -> {
        // of no known form
      }
    }
  }

  /// EXIF first, else XMP, as in Pillow.
  Orientation orientation() {
    int tag =
        exif.stream()
            .flatMap(block -> block.number(ORIENTATION).stream())
            .filter(number -> number != 0)
            .findFirst()
            .orElseGet(this::xmpOrientation);
    return Orientation.ofExif(tag);
  }

  private int xmpOrientation() {
    return xmp.stream()
        .map(XMP_ORIENTATION::matcher)
        .filter(matcher -> matcher.find())
        .map(matcher -> Integer.parseInt(matcher.group(1)))
        .findFirst()
        .orElse(0);
  }

  /// The note that an {@link Encoding} put in.
  public Optional<String> note() {
    return Optional.ofNullable(texts().get(PngText.NOTE))
        .or(() -> xmp.stream().flatMap(packet -> XmpNote.read(packet).stream()).findFirst())
        .or(() -> Optional.ofNullable(texts().get("UserComment")));
  }

  /// All texts by their names: the keywords of a PNG file, those of EXIF, and "XMP" for a packet.
  /// Of two with one name the first counts.
  public Map<String, String> texts() {
    var found = new LinkedHashMap<String, String>();
    texts.forEach(text -> found.putIfAbsent(text.keyword(), text.string()));
    for (TiffDirectory block : exif) {
      EXIF_TEXTS.forEach((tag, name) ->
          block.bytes(tag).ifPresent(text -> found.putIfAbsent(name, trimmed(text))));
      block
          .bytes(USER_COMMENT)
          .ifPresent(text -> found.putIfAbsent("UserComment", comment(text, block.order())));
    }
    xmp.forEach(packet -> found.putIfAbsent("XMP", packet));
    return found;
  }

  private static String trimmed(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).replace("\0", "").strip();
  }

  /// The letters are told before the text. UTF-16 stands in the block's order, as the rule is, or
  /// with a mark of its own.
  private static String comment(byte[] bytes, ByteOrder order) {
    String code = new String(bytes, 0, Math.min(CODE, bytes.length), StandardCharsets.US_ASCII);
    Charset letters =
        !code.startsWith("UNICODE")
            ? StandardCharsets.UTF_8
            : order == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    boolean told = code.matches("(ASCII\0\0\0|UNICODE\0|JIS\0{5}|\0{8})");
    int start = told ? CODE : 0;
    return new String(bytes, start, bytes.length - start, letters).replace("\0", "").strip();
  }
}
