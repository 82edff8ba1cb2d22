package dev.kontext4j.hub.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What proves to the server who asks. It is shown to nobody else, in no message and no log.
public record Token(String secret) {
  public static final String VARIABLE = "HF_TOKEN";
  private static final Pattern FORM = Pattern.compile("[!-~]+");

  public Token {
    if (!FORM.matcher(secret).matches()) {
      throw new FetchException(
          "The access token (of %s or its file) has characters that no token has; set it again"
              .formatted(VARIABLE));
    }
  }

  /// The token where Hugging Face's tools keep it.
  public static Optional<Token> find(Function<String, @Nullable String> variables, Path home) {
    return named(VARIABLE, variables)
        .or(() -> content(file(variables, home)))
        .map(String::strip)
        .filter(secret -> !secret.isEmpty())
        .map(Token::new);
  }

  private static Path file(Function<String, @Nullable String> variables, Path home) {
    return named("HF_TOKEN_PATH", variables)
        .map(Path::of)
        .or(() -> named("HF_HOME", variables).map(all -> Path.of(all, "token")))
        .or(() -> named("XDG_CACHE_HOME", variables).map(all -> Path.of(all, "huggingface/token")))
        .orElse(home.resolve(".cache/huggingface/token"));
  }

  private static Optional<String> named(
      String variable, Function<String, @Nullable String> variables) {
    return Optional.ofNullable(variables.apply(variable)).filter(value -> !value.isBlank());
  }

  private static Optional<String> content(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  String header() {
    return "Bearer " + secret;
  }

  @Override
  public String toString() {
    return "Token[secret]";
  }
}
