package dev.kontext4j.hub.fetch;

/// Bytes of a file.
///
/// @param end one past the last
record Span(long begin, long end) {
  long length() {
    return end - begin;
  }

  /// As the Range header asks for them.
  String header() {
    return "bytes=%d-%d".formatted(begin, end - 1);
  }
}
