package dev.kontext4j.tokenizer;

import java.util.function.Function;

/// Turns prompts into the ids of one text encoder. Safe for several threads; close it when done.
public final class PromptTokenizer implements AutoCloseable {
  private final NativeTokenizer backend;
  private final Frame frame;

  private PromptTokenizer(NativeTokenizer backend, Frame frame) {
    this.backend = backend;
    this.frame = frame;
  }

  /// Puts a native tokenizer into its frame; closes it if its special tokens cannot be found.
  static PromptTokenizer of(NativeTokenizer backend, Function<NativeTokenizer, Frame> frame) {
    try {
      return new PromptTokenizer(backend, frame.apply(backend));
    } catch (RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  /// The number of ids that every prompt becomes.
  public int length() {
    return frame.length();
  }

  /// The ids of `prompt`, padded or cut to [#length].
  public TokenIds encode(String prompt) {
    return encode(prompt, length());
  }

  /// The ids of `prompt`, padded or cut to `maxTokens`, but to no more than [#length].
  ///
  /// @throws IllegalArgumentException if not even the special tokens fit
  public TokenIds encode(String prompt, int maxTokens) {
    if (maxTokens < frame.overhead()) {
      throw new IllegalArgumentException(
          "at least " + frame.overhead() + " tokens are needed, got " + maxTokens);
    }
    var tokens = backend.encode(prompt);
    return frame.withLength(Math.min(maxTokens, length())).lay(prompt, tokens);
  }

  /// Frees the native tokenizer. Closing twice does nothing; encoding afterwards throws.
  @Override
  public void close() {
    backend.close();
  }
}
