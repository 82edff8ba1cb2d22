package dev.kontext4j.hub.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.hub.TestFiles;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final Map<String, String> NOWHERE = Map.of();

  @Test
  void whatIsNamedComesFirst() {
    var told = Map.of("HF_ENDPOINT", "https://mirror.example/");
    assertEquals("https://huggingface.co", Endpoint.choose(null, NOWHERE::get).toString());
    assertEquals("https://mirror.example", Endpoint.choose(null, told::get).toString());
    assertEquals("http://other:81", Endpoint.choose("http://other:81", told::get).toString());
  }

  @Test
  void addressesAreThoseOfTheHub() {
    var endpoint = Endpoint.of("https://mirror.example/hf/");
    assertEquals(
        "https://mirror.example/hf/owner/name/resolve/" + "c".repeat(40) + "/a/b%20c.bin",
        endpoint.address(TestFiles.unknown("a/b c.bin")).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "huggingface.co", "ftp://a.example", "https://", "https://u:p@a.example"})
  void whatIsNoServer(String address) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.of(address));
  }

  @Test
  void otherPortsHostsAndSchemesAreOthers() {
    var endpoint = Endpoint.of("https://a.example");
    assertTrue(endpoint.isHome(URI.create("https://A.example:443/x")));
    assertFalse(endpoint.isHome(URI.create("https://a.example:444/x")));
    assertFalse(endpoint.isHome(URI.create("http://a.example/x")));
    assertFalse(endpoint.isHome(URI.create("https://a.example.evil/x")));
    assertFalse(endpoint.isHome(URI.create("https://cdn.a.example/x")));
  }

  /// The token is not sent where everybody on the way could read it.
  @Test
  void onlySomeWaysArePrivate() {
    assertTrue(Endpoint.of("https://a.example").isPrivate());
    assertTrue(Endpoint.of("http://localhost:8080").isPrivate());
    assertFalse(Endpoint.of("http://a.example").isPrivate());
  }
}
