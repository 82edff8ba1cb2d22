package dev.kontext4j.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/// Sentencepiece's compiled normalization of characters: a double-array trie from UTF-8 bytes to
/// positions in a text of replacements.
///
/// The native side walks the trie without looking where it goes, and a damaged one ends the whole
/// process. So it is checked here: no step leaves the array, no value points outside the text.
final class CharsMap {
  private final IntBuffer trie;
  private final ByteBuffer text;

  private CharsMap(ByteBuffer map) throws CharacterCodingException {
    int trieBytes = map.order(ByteOrder.LITTLE_ENDIAN).getInt();
    trie = map.slice(Integer.BYTES, trieBytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int start = Integer.BYTES + trieBytes;
    text = map.slice(start, map.limit() - start);
    var _ = StandardCharsets.UTF_8.newDecoder().decode(text.duplicate());
  }

  /// The normalizer that applies the map in base 64, as JSON.
  static String normalizer(Path file, String base64) {
    try {
      return normalizer(file, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    }
  }

  /// The normalizer that applies the map, as JSON.
  static String normalizer(Path file, byte[] map) {
    try {
      new CharsMap(ByteBuffer.wrap(map)).check();
    } catch (RuntimeException | CharacterCodingException e) {
      throw damaged(file, e);
    }
    String base64 = Base64.getEncoder().encodeToString(map);
    return "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"" + base64 + "\"}";
  }

  private void check() {
    if (!trie.hasRemaining()) {
      throw new IllegalArgumentException("no root");
    }
    for (int at = 0; at < trie.limit(); at++) {
      int unit = trie.get(at);
      if (unit < 0 && at > 0) {
        continue; // a value: reached only through its node, never walked on from
      }
      int children = at ^ offset(unit);
      if ((children | 0xff) >= trie.limit()) {
        throw new IllegalArgumentException("node " + at + " leads outside the trie");
      }
      if (hasValue(unit) && !isStart(trie.get(children) & Integer.MAX_VALUE)) {
        throw new IllegalArgumentException("node " + at + " has a bad value");
      }
    }
  }

  // The layout of a node: 8 bits label, 1 bit "has a value", 1 bit "offset in 256s", 22 bits
  // offset.
  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & 1 << 9) >>> 6);
  }

  private static boolean hasValue(int unit) {
    return (unit & 1 << 8) != 0;
  }

  /// Whether a character begins at this byte of the text, or the text ends.
  private boolean isStart(int position) {
    return position >= text.limit()
        ? position == text.limit()
        : (text.get(position) & 0xc0) != 0x80;
  }

  private static TokenizerException damaged(Path file, Exception cause) {
    return TokenizerException.damaged(
        file, "the character map is damaged (" + cause.getMessage() + ")", cause);
  }
}
