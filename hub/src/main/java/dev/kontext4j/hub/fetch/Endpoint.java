package dev.kontext4j.hub.fetch;

import dev.kontext4j.hub.lock.LockedFile;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The server that is asked for files: Hugging Face, or a mirror of it.
public record Endpoint(URI base) {
  public static final String VARIABLE = "HF_ENDPOINT";
  private static final String USUAL = "https://huggingface.co";
  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");

  /// What is named, else what the environment says, else Hugging Face.
  ///
  /// @throws IllegalArgumentException if that is no web address
  public static Endpoint choose(
      @Nullable String named, Function<String, @Nullable String> variables) {
    String told = variables.apply(VARIABLE);
    String usual = told == null || told.isBlank() ? USUAL : told;
    return of(named == null ? usual : named);
  }

  static Endpoint of(String address) {
    URI base = URI.create(address.strip().replaceFirst("/+$", ""));
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("https") || scheme.equals("http");
    if (!web || base.getHost() == null || base.getQuery() != null || base.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "\"%s\" is no web address of a server; it should look like %s".formatted(address, USUAL));
    }
    return new Endpoint(base);
  }

  URI address(LockedFile file) {
    var repository = file.repository();
    String path =
        Arrays.stream(file.path().split("/", -1))
            .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    return URI.create(
        "%s/%s/resolve/%s/%s".formatted(base, repository.name(), repository.revision(), path));
  }

  /// Whether an address is of this very server.
  boolean isHome(URI other) {
    return String.valueOf(base.getScheme()).equalsIgnoreCase(other.getScheme())
        && base.getHost().equalsIgnoreCase(other.getHost())
        && port(base) == port(other);
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  /// Whether nobody on the way can read what is sent.
  boolean isPrivate() {
    return "https".equalsIgnoreCase(base.getScheme()) || THIS_MACHINE.contains(base.getHost());
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
