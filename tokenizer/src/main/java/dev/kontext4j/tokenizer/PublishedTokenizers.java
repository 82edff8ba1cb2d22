package dev.kontext4j.tokenizer;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The tokenizers of FLUX.1's text encoders as they are published, for models that come without:
/// CLIP-L's (MIT) and T5 1.1's (Apache-2.0). They are resources, unpacked when they are first asked
/// for.
public final class PublishedTokenizers {
  private static final String RESOURCES = "published/";
  private static final String KIND = "tokenizers";

  /// Another content must have another name, for it is kept between runs.
  private static final String VERSION = "flux1-";

  private static final Map<String, List<String>> FILES =
      Map.of(
          "tokenizer",
          List.of("merges.txt", "special_tokens_map.json", "tokenizer_config.json", "vocab.json"),
          "tokenizer_2",
          List.of("special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"));

  private PublishedTokenizers() {}

  /// The folder of one of them.
  ///
  /// @param name `tokenizer` for CLIP's, `tokenizer_2` for T5's, as diffusers calls them
  public static Path folder(String name) {
    var files = FILES.get(name);
    if (files == null) {
      throw new IllegalArgumentException("there is no published " + name);
    }
    return NativeCache.ofUser(KIND)
        .folder(VERSION + name, files, file -> resource(name + "/" + file));
  }

  private static InputStream resource(String path) {
    var stream = PublishedTokenizers.class.getResourceAsStream(RESOURCES + path);
    if (stream == null) {
      throw new TokenizerException(
          Path.of(path), "is not in kontext4j's own jar", "Build kontext4j again");
    }
    return stream;
  }
}
