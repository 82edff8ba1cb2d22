package dev.kontext4j.hub.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
  @TempDir Path home;

  private Optional<String> found(Map<String, String> variables) {
    return Token.find(variables::get, home).map(Token::secret);
  }

  private String written(String place, String content) throws IOException {
    Path file = home.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return file.toString();
  }

  @Test
  void theFirstOfThePlacesWhereToolsKeepIt() throws IOException {
    assertEquals(Optional.empty(), found(Map.of()));
    written(".cache/huggingface/token", "usual\n");
    assertEquals(Optional.of("usual"), found(Map.of()));
    written("xdg/huggingface/token", "xdg");
    var variables = Map.of("XDG_CACHE_HOME", home.resolve("xdg").toString());
    assertEquals(Optional.of("xdg"), found(variables));
    written("hf/token", "hf");
    variables = Map.of("HF_HOME", home.resolve("hf").toString());
    assertEquals(Optional.of("hf"), found(variables));
    String named = written("my-token", "named");
    variables = Map.of("HF_TOKEN_PATH", named, "HF_HOME", home.resolve("hf").toString());
    assertEquals(Optional.of("named"), found(variables));
    variables = Map.of("HF_TOKEN", "said", "HF_TOKEN_PATH", named);
    assertEquals(Optional.of("said"), found(variables));
    assertEquals(Optional.of("usual"), found(Map.of("HF_TOKEN", "  ")));
  }

  /// A header's value must not be able to begin another header.
  @Test
  void whatCannotBeATokenIsNotShown() {
    var e = assertThrows(FetchException.class, () -> found(Map.of("HF_TOKEN", "se\r\ncret")));
    assertFalse(String.valueOf(e.getMessage()).contains("cret"), e::toString);
  }
}
