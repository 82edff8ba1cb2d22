package dev.kontext4j.hub.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/// What went wrong on the way, in words.
final class NetworkWords {
  private NetworkWords() {}

  static String of(String host, IOException e) {
    return switch (e) {
      case HttpConnectTimeoutException _ -> host + " does not answer";
      case ConnectException unknown when unknown.getCause() != null && isUnknown(unknown) ->
          "there is no server " + host;
      case ConnectException _ -> host + " cannot be reached";
      case SSLException ssl -> host + " is not to be trusted (" + message(ssl) + ")";
      default -> "the connection to " + host + " broke (" + message(e) + ")";
    };
  }

  private static boolean isUnknown(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
