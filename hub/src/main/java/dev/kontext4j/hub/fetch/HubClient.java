package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.LockedFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks a hub for parts of files. It follows redirects by itself: the token is for the hub alone,
/// never for the servers that it sends on to.
public final class HubClient implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;
  private static final int TICK = 50; // milliseconds

  private final Endpoint endpoint;
  private final Optional<Token> token;
  private final Patience patience;
  private final HttpClient http;

  public HubClient(Endpoint endpoint, Optional<Token> token, Patience patience) {
    this.endpoint = endpoint;
    this.token = token.filter(_ -> endpoint.isPrivate());
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            // One connection a range: those of HTTP/2 would share one, and its speed.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.window())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  Patience patience() {
    return patience;
  }

  /// Asks for a part of a file.
  ///
  /// @throws Setback if another attempt may be luckier
  Answer get(LockedFile file, Span span, Sink sink) throws Setback, InterruptedException {
    URI address = endpoint.address(file);
    Optional<Sha256> told = Optional.empty();
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      var exchange = new Exchange(sink, patience);
      var response = await(exchange, request(address, span));
      if (endpoint.isHome(address)) { // elsewhere an entity tag may be anything
        told = told.or(() -> linkedHash(response));
      }
      if (!isRedirect(response.statusCode())) {
        new Verdict(file, endpoint, token.isPresent()).on(address, response);
        return new Answer(exchange.arrival(), told);
      }
      address = target(file, address, response);
    }
    throw new FetchException(
        "%s is sent on more than %d times; try another --endpoint"
            .formatted(file.key(), MOST_REDIRECTS));
  }

  private HttpRequest request(URI address, Span span) {
    var request =
        HttpRequest.newBuilder(address)
            .header("User-Agent", "kontext4j")
            .header("Range", span.header());
    if (endpoint.isHome(address)) {
      token.ifPresent(secret -> request.header("Authorization", secret.header()));
    }
    return request.build();
  }

  private HttpResponse<Boolean> await(Exchange exchange, HttpRequest request)
      throws Setback, InterruptedException {
    var answer = http.sendAsync(request, exchange);
    String host = request.uri().getHost();
    try {
      while (true) {
        try {
          return answer.get(TICK, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          if (exchange.pulse().isFaint()) {
            throw new Setback(host + " sends nothing, or too slowly");
          }
        }
      }
    } catch (ExecutionException e) {
      throw setback(host, e);
    } finally {
      answer.cancel(true); // without effect on one that is complete
      exchange.end();
    }
  }

  /// What the disk refuses is no fault of the server's.
  private static Setback setback(String host, ExecutionException e) {
    Throwable cause = e.getCause();
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof DiskException disk) {
        throw disk.told();
      }
    }
    if (cause instanceof IOException io) {
      return new Setback(NetworkWords.of(host, io));
    }
    throw new FetchException(host + " cannot be asked: " + cause, e);
  }

  private static boolean isRedirect(int status) {
    return status >= 301 && status <= 308 && status != 304;
  }

  private static URI target(LockedFile file, URI from, HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI next = from.resolve(location);
      boolean safe = isSafe(from.getScheme(), next.getScheme());
      if (!location.isBlank() && next.getHost() != null && safe) {
        return next;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new FetchException(
        "%s is sent on to no safe web address; try another --endpoint".formatted(file.key()));
  }

  /// From a private way nobody is sent to one that others can read.
  private static boolean isSafe(String from, @Nullable String to) {
    return "https".equalsIgnoreCase(to)
        || ("http".equalsIgnoreCase(to) && "http".equalsIgnoreCase(from));
  }

  /// Hugging Face names large files by their hash.
  private static Optional<Sha256> linkedHash(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("X-Linked-Etag")
        .map(tag -> tag.replace("\"", ""))
        .filter(tag -> Sha256.FORM.matcher(tag).matches())
        .map(Sha256::new);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
