package dev.kontext4j.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Hugging Face's native tokenizer, through DJL's binding.
///
/// The binding is called directly and not through DJL's `HuggingFaceTokenizer`: that one looks for
/// CUDA and downloads a library where it finds some, asks EC2 who it is, reports the start to a
/// telemetry server, and logs. Nothing of that belongs in a program that works offline and
/// silently.
final class NativeTokenizer implements AutoCloseable {
  private static final TokenizersLibrary NATIVE = TokenizersLibrary.LIB;

  /// Half of a surrogate pair alone is no character, and the native side cannot take it.
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private final Path origin;
  private long handle;

  private NativeTokenizer(Path origin, long handle) {
    this.origin = origin;
    this.handle = handle;
  }

  /// Builds the tokenizer that `json` describes; `origin` is the file to name if that fails.
  static NativeTokenizer of(Path origin, String json) {
    NativeLibrary.load();
    try {
      return new NativeTokenizer(origin, NATIVE.createTokenizerFromString(json));
    } catch (RuntimeException e) {
      throw TokenizerException.damaged(origin, "no usable tokenizer: " + e.getMessage(), e);
    }
  }

  /// The tokens of a text, without any special tokens around it.
  synchronized List<Token> encode(String text) {
    if (handle == 0) {
      throw new IllegalStateException("the tokenizer of " + origin + " is closed");
    }
    long encoding = encoding(LONE_SURROGATE.matcher(text).replaceAll("\uFFFD"));
    try {
      return tokens(encoding);
    } finally {
      NATIVE.deleteEncoding(encoding);
    }
  }

  /// The token that a special token's own spelling stands for.
  Token special(String content) {
    var tokens = encode(content);
    if (tokens.size() != 1) {
      throw TokenizerException.damaged(origin, "no special token \"" + content + '"', null);
    }
    return tokens.getFirst();
  }

  @Override
  public synchronized void close() {
    if (handle != 0) {
      NATIVE.deleteTokenizer(handle);
      handle = 0;
    }
  }

  private long encoding(String text) {
    try {
      return NATIVE.encode(handle, text, false);
    } catch (RuntimeException e) {
      throw TokenizerException.damaged(origin, "cannot encode: " + e.getMessage(), e);
    }
  }

  private static List<Token> tokens(long encoding) {
    long[] ids = NATIVE.getTokenIds(encoding);
    String[] pieces = NATIVE.getTokens(encoding);
    CharSpan[] spans = NATIVE.getTokenCharSpans(encoding);
    var tokens = new ArrayList<Token>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      tokens.add(new Token(Math.toIntExact(ids[i]), pieces[i], spans[i].getStart()));
    }
    return tokens;
  }
}
