package dev.kontext4j.testkit.hub;

import com.sun.net.httpserver.HttpExchange;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// One answer of the fake hub.
final class FakeAnswer {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");
  private static final int BUFFER = 64 << 10;

  private final FakeHub hub;
  private final HttpExchange exchange;
  private final boolean elsewhere;
  private final String path;
  private final Optional<String> authorization;
  private long begin;
  private long sent;

  FakeAnswer(FakeHub hub, HttpExchange exchange, boolean elsewhere) {
    this.hub = hub;
    this.exchange = exchange;
    this.elsewhere = elsewhere;
    this.path = exchange.getRequestURI().getPath();
    this.authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  void give() throws IOException {
    try {
      answer();
    } finally {
      hub.served(new Served(elsewhere, path, begin, sent, authorization));
    }
  }

  private void answer() throws IOException {
    byte[] content = hub.content(path);
    var trouble = hub.next(elsewhere, path);
    if (trouble.isPresent() && trouble.get() instanceof Trouble.Status status) {
      status.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(status.status(), -1);
    } else if (trouble.isPresent() && trouble.get() instanceof Trouble.Redirect redirect) {
      sendOn(redirect.location());
    } else if (!elsewhere && refuses()) {
      exchange.sendResponseHeaders(authorization.isEmpty() ? 401 : 403, -1);
    } else if (content == null) {
      exchange.sendResponseHeaders(404, -1);
    } else if (!elsewhere && trouble.isEmpty()) {
      if (hub.tellsHashes()) {
        exchange.getResponseHeaders().add("X-Linked-Etag", '"' + Sha256.of(content).digits() + '"');
      }
      sendOn(hub.otherServer() + path);
    } else {
      give(Gift.of(content, trouble));
    }
  }

  private boolean refuses() {
    return hub.token() != null && !authorization.equals(Optional.of("Bearer " + hub.token()));
  }

  private void sendOn(String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    exchange.sendResponseHeaders(302, -1);
  }

  private void give(Gift gift) throws IOException {
    pause(gift.silence());
    var asked = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    int size = gift.content().capacity();
    int from = 0;
    int to = size;
    boolean part = gift.inRanges() && asked.matches();
    if (part) {
      from = Integer.parseInt(asked.group(1)) + gift.shift();
      to = (int) Math.min(size, Long.parseLong(asked.group(2)) + 1 + gift.shift());
      if (from >= size) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, size));
    }
    begin = from;
    exchange.sendResponseHeaders(part ? 206 : 200, to - from);
    send(gift, from, to);
  }

  private void send(Gift gift, int from, int to) throws IOException {
    OutputStream body = exchange.getResponseBody();
    int until = (int) Math.min(to, (long) from + gift.until());
    for (int at = from; at < until; at += BUFFER) {
      int count = Math.min(BUFFER, until - at);
      body.write(gift.content().array(), at, count);
      sent += count;
      hub.sent(count);
      pause(Duration.ofNanos((long) (1e9 * count / hub.bytesPerSecond())));
    }
    if (until < to && gift.drip().isZero()) {
      body.flush();
      throw new IOException("cut as was asked for");
    }
    for (int at = until; at < to; at++) {
      body.write(gift.content().array(), at, 1);
      body.flush();
      sent++;
      pause(gift.drip());
    }
  }

  private static void pause(Duration howLong) throws IOException {
    try {
      Thread.sleep(howLong);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }
}
