package dev.kontext4j.hub.runtime;

import dev.kontext4j.hub.fetch.FetchException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Why pip failed, told from what it has said: what, where, cure.
///
/// @param said its lines
record PipFailure(List<String> said) {
  private static final Pattern MISSING =
      Pattern.compile("ERROR: No matching distribution found for (\\S+).*");
  private static final Pattern MISMATCHED = Pattern.compile("\\s+(\\S+==\\S+) from \\S+:?.*");
  private static final Pattern NETWORK =
      Pattern.compile(
          ".*(NewConnectionError|ConnectTimeout|ReadTimeout|Read timed out|NameResolution"
              + "|Temporary failure in name resolution|ProxyError|SSLError|CERTIFICATE_VERIFY"
              + "|ConnectionResetError|ProtocolError|IncompleteRead|Connection broken"
              + "|HTTP error|Network is unreachable).*");

  /// @param pip what to call it
  /// @param code its exit code
  FetchException exception(String pip, int code) {
    return new FetchException(words(pip, code) + "; nothing was installed");
  }

  private String words(String pip, int code) {
    if (any("DO NOT MATCH THE HASHES")) {
      return "pip was given a wheel%s that is not the pinned one: its sha256 differs; try again, and if it stays so ask whoever runs the package index"
          .formatted(first(MISMATCHED).map(name -> " of " + name).orElse(""));
    }
    if (any("No space left on device")) {
      return "pip found no space left; make room, or choose another folder with XDG_CACHE_HOME";
    }
    if (said.stream().anyMatch(line -> NETWORK.matcher(line).matches())) {
      return "pip could not reach its package index; see to the network (or pip's proxy and index-url) and run this again";
    }
    return first(MISSING)
        .map(name ->
            "pip found no wheel of %s that fits; see that its index-url has it, and that %s is no older than 21 (python3 -m pip install --upgrade pip)"
                .formatted(name, pip))
        .orElseGet(() -> "pip failed (exit code %d)%s".formatted(code, lastError()));
  }

  private boolean any(String words) {
    return said.stream().anyMatch(line -> line.contains(words));
  }

  private Optional<String> first(Pattern pattern) {
    return said.stream()
        .map(pattern::matcher)
        .filter(found -> found.matches())
        .map(found -> found.group(1))
        .findFirst();
  }

  /// pip's own words for the rest, of which there is no end.
  private String lastError() {
    return said.reversed().stream()
        .filter(line -> line.startsWith("ERROR:") || line.matches("[A-Za-z.]*(Error|Exception):.*"))
        .findFirst()
        .or(() -> said.reversed().stream().filter(line -> !line.isBlank()).findFirst())
        .map(line -> ": " + line.replaceFirst("^ERROR: ", "").strip())
        .orElse("");
  }
}
