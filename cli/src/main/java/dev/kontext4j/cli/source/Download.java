package dev.kontext4j.cli.source;

import dev.kontext4j.sampler.picture.PictureException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches one picture from the web, within bounds: so many bytes, so much waiting, so many
/// redirects, only what says that it is a picture, and only from the public network.
final class Download {
  static final int MOST_BYTES = 50 << 20;
  static final Duration PATIENCE = Duration.ofSeconds(20); // for each answer, and within one
  private static final Duration WHOLE = Duration.ofMinutes(2);
  private static final int MOST_REDIRECTS = 3;

  private final AddressRule rule;
  private final Duration patience;

  Download(AddressRule rule) {
    this(rule, PATIENCE);
  }

  Download(AddressRule rule, Duration patience) {
    this.rule = rule;
    this.patience = patience;
  }

  byte[] fetch(URI address) {
    try (var client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER) // each is checked here
            .build()) {
      URI next = address;
      for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
        rule.require(next);
        var response = ask(client, next);
        if (!isRedirect(response.statusCode())) {
          return accepted(address, response);
        }
        next = target(next, response);
      }
      throw new PictureException(
          address + " sends on more than " + MOST_REDIRECTS + " times; name the picture itself");
    }
  }

  private HttpResponse<byte[]> ask(HttpClient client, URI address) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(WHOLE)
            .header("User-Agent", "kontext4j")
            .header("Accept", "image/png, image/jpeg, image/webp")
            .build();
    var body = new BoundedBody(MOST_BYTES);
    var answer = client.sendAsync(request, info -> wanted(info) ? body : BoundedBody.refusing());
    long end = System.nanoTime() + WHOLE.toNanos();
    try {
      while (true) {
        try {
          return answer.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          if (body.silence().compareTo(patience) > 0 || System.nanoTime() > end) {
            answer.cancel(true);
            throw new PictureException(
                address + " does not answer, or too slowly; try again later or save it first");
          }
        }
      }
    } catch (ExecutionException e) {
      throw new PictureException(
          address + " " + reason(Objects.requireNonNullElse(e.getCause(), e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PictureException(address + " was not fetched to its end", e);
    }
  }

  private static boolean wanted(ResponseInfo info) {
    return info.statusCode() == 200 && mayBePicture(kind(info.headers()));
  }

  private static String reason(Throwable e) {
    return switch (e) {
      case BoundedBody.TooLongException _ ->
          "is larger than %d MB; save it and make it smaller first".formatted(MOST_BYTES >> 20);
      case HttpConnectTimeoutException _ -> "does not answer; try again later";
      case ConnectException _ -> "cannot be reached; check the address and the network";
      case IOException io when io.getMessage() != null ->
          "cannot be fetched: " + io.getMessage().replaceAll("\\s*\\R\\s*", " ");
      default -> "cannot be fetched: " + e.getClass().getSimpleName();
    };
  }

  private static boolean isRedirect(int status) {
    return status >= 301 && status <= 308 && status != 304;
  }

  private static URI target(URI from, HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      if (!location.isBlank()) {
        return from.resolve(location);
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new PictureException(
        from + " sends on to no web address \"" + location + "\"; name the picture itself");
  }

  private static byte[] accepted(URI address, HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new PictureException(
          "%s cannot be fetched: the server says %d; check the address"
              .formatted(address, response.statusCode()));
    }
    String kind = kind(response.headers());
    if (!mayBePicture(kind)) {
      throw new PictureException(
          "%s is no picture but \"%s\"; name the picture itself".formatted(address, kind));
    }
    return response.body();
  }

  private static String kind(HttpHeaders headers) {
    String type = headers.firstValue("Content-Type").orElse("");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static boolean mayBePicture(String kind) {
    return kind.isEmpty() || kind.startsWith("image/") || kind.endsWith("/octet-stream");
  }
}
