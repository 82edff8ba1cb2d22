package dev.kontext4j.cli.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.kontext4j.sampler.picture.PictureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fetching from servers that behave, and from all others.
class DownloadTest {
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  private HttpServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "IMAGE/JPEG; q=1", "application/octet-stream", ""})
  void whatSaysThatItIsAPictureOrNothing(String type) {
    serve("/a", exchange -> answer(exchange, 200, type, CONTENT));
    assertArrayEquals(CONTENT, fetch("/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json; charset=utf-8", "video/mp4"})
  void whatSaysThatItIsSomethingElse(String type) {
    serve("/a", exchange -> answer(exchange, 200, type, CONTENT));
    refused("/a", "is no picture but \"" + type.replaceAll(";.*", "") + "\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304, 401, 404, 429, 500})
  void anotherAnswer(int status) {
    serve("/a", exchange -> answer(exchange, status, "image/png", new byte[0]));
    refused("/a", "the server says " + status);
  }

  @Test
  void threeRedirectsAreFollowedAndAFourthIsNot() {
    var asked = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      String next = "/" + (i + 1);
      serve(
          "/" + i,
          exchange -> {
            asked.incrementAndGet();
            redirect(exchange, next);
          });
    }
    serve("/5", exchange -> answer(exchange, 200, "image/png", CONTENT));
    assertArrayEquals(CONTENT, fetch("/2"));
    asked.set(0);
    refused("/1", "sends on more than 3 times");
    assertEquals(4, asked.get());
  }

  /// A server that may be asked sends on to one that may not.
  @Test
  void aRedirectIntoThisNetworkIsNotFollowed() {
    var asked = new AtomicInteger();
    serve(
        "/inner",
        exchange -> {
          asked.incrementAndGet();
          answer(exchange, 200, "image/png", CONTENT);
        });
    String inner = uri("/inner").toString().replace("127.0.0.1", "127.0.0.2");
    serve("/a", exchange -> redirect(exchange, inner));
    var outer = new AddressRule(place -> place.getHostAddress().equals("127.0.0.1"));
    var e = assertThrows(PictureException.class, () -> new Download(outer).fetch(uri("/a")));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(inner + " leads into this machine's own network"), message);
    assertEquals(0, asked.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://1.1.1.1/a", "", "http://", ":::"})
  void redirectsToNoWebAddress(String target) {
    serve("/a", exchange -> redirect(exchange, target));
    assertThrows(PictureException.class, () -> fetch("/a"));
  }

  @Test
  void thisNetworkIsNotAsked() {
    var asked = new AtomicInteger();
    serve(
        "/a",
        exchange -> {
          asked.incrementAndGet();
          answer(exchange, 200, "image/png", CONTENT);
        });
    var e =
        assertThrows(
            PictureException.class, () -> new Download(AddressRule.of(false)).fetch(uri("/a")));
    assertTrue(String.valueOf(e.getMessage()).contains("--allow-local-urls"), e.getMessage());
    assertEquals(0, asked.get());
  }

  @Test
  void tooMuch() {
    serve(
        "/a",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "image/png");
          exchange.sendResponseHeaders(200, 0); // tells no length
          byte[] part = new byte[1 << 20];
          for (int i = 0; i < 60; i++) {
            exchange.getResponseBody().write(part);
          }
          exchange.close();
        });
    refused("/a", "is larger than 50 MB");
  }

  @Test
  void lessThanWasTold() {
    serve(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(CONTENT);
          exchange.getResponseBody().flush();
          threads.shutdownNow();
          exchange.close();
        });
    refused("/a", "");
  }

  @Test
  void silence() {
    serve("/a", exchange -> sleep(Duration.ofSeconds(20)));
    long start = System.nanoTime();
    refused("/a", "does not answer, or too slowly");
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
  }

  @Test
  void silenceInTheMiddle() {
    serve(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(CONTENT);
          exchange.getResponseBody().flush();
          sleep(Duration.ofSeconds(20));
        });
    refused("/a", "does not answer, or too slowly");
  }

  @Test
  void nobodyThere() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var e =
        assertThrows(
            PictureException.class,
            () -> download().fetch(URI.create("http://127.0.0.1:" + port + "/a")));
    assertTrue(String.valueOf(e.getMessage()).contains("cannot be reached"), e.getMessage());
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().add("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String target) throws IOException {
    exchange.getResponseHeaders().add("Location", target);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] fetch(String path) {
    return download().fetch(uri(path));
  }

  private static Download download() {
    return new Download(AddressRule.of(true), Duration.ofSeconds(1));
  }

  private void refused(String path, String words) {
    var e = assertThrows(PictureException.class, () -> fetch(path));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }
}
