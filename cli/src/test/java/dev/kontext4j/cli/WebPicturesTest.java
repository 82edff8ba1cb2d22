package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Edits of pictures from a web server on this machine. What servers do wrong is in DownloadTest.
class WebPicturesTest {
  @TempDir Path folder;

  private Workplace work;
  private HttpServer server;
  private String site;

  @BeforeEach
  void serve() throws IOException {
    work = Workplace.in(folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/photo.png", exchange -> answer(exchange, 200, work.bytes("photo.png")));
    server.createContext("/gone", exchange -> answer(exchange, 404, new byte[0]));
    server.start();
    site = "http://localhost:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().add("Content-Type", "image/png");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Run edit(String... more) {
    return Run.of(work.arguments(more));
  }

  @Test
  void aPictureFromTheWebIsLikeOneFromAFile() throws IOException {
    work.edit("-o", work.path("expected.png")).done();
    edit(site + "/photo.png?key=secret", "--allow-local-urls").done();
    assertArrayEquals(work.pixels("expected.png"), work.pixels("out.png"));
    String shown = String.join(" ", Run.of("show", work.path("out.png")).done());
    assertTrue(shown.contains("/photo.png, 64x64"), shown);
    assertTrue(!shown.contains("secret"), "an address may hold a key");
  }

  @Test
  void addressesOfThisNetworkAreRefused() throws IOException {
    edit(site + "/photo.png").refused(ExitCode.INPUT, "--allow-local-urls");
    assertTrue(work.results().isEmpty());
  }

  @Test
  void whatTheServerSaysIsPassedOn() {
    edit(site + "/gone", "--allow-local-urls").refused(ExitCode.INPUT, "404");
  }

  @Test
  void theResultIsCalledAfterThePicture() throws IOException {
    var arguments = List.of(site + "/photo.png", "--allow-local-urls", "-o", folder.toString());
    edit(arguments.toArray(String[]::new)).done();
    assertTrue(work.results().contains("photo-edited.png"), () -> arguments.toString());
  }
}
