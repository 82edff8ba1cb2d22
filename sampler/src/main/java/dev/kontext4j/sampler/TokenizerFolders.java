package dev.kontext4j.sampler;

import dev.kontext4j.tokenizer.PublishedTokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Where CLIP's and T5's tokenizers are.
public record TokenizerFolders(Path clip, Path t5) {
  private static final String CLIP = "tokenizer";
  private static final String T5 = "tokenizer_2";

  /// In a folder, as diffusers lays it out.
  static TokenizerFolders in(Path folder) {
    return new TokenizerFolders(folder.resolve(CLIP), folder.resolve(T5));
  }

  /// A model's own: in its folder, or beside its file.
  static Optional<TokenizerFolders> of(Path model) {
    Path folder =
        Files.isDirectory(model)
            ? model
            : Objects.requireNonNull(model.toAbsolutePath().getParent());
    boolean some = Stream.of(CLIP, T5).anyMatch(name -> Files.isDirectory(folder.resolve(name)));
    return Optional.of(folder).filter(_ -> some).map(TokenizerFolders::in);
  }

  /// For models that come without.
  static TokenizerFolders published() {
    return new TokenizerFolders(PublishedTokenizers.folder(CLIP), PublishedTokenizers.folder(T5));
  }
}
