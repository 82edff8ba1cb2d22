package dev.kontext4j.hub.fetch;

import java.net.http.HttpResponse.ResponseInfo;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Where the bytes of an answer belong, as its head says.
///
/// @param begin of the first byte in the file
/// @param total bytes of the whole file, if it says so
/// @param inRanges whether the server gives parts
record Arrival(long begin, OptionalLong total, boolean inRanges) {
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  static Arrival of(ResponseInfo head) {
    if (head.statusCode() != 206) {
      return new Arrival(0, head.headers().firstValueAsLong("Content-Length"), false);
    }
    var range = RANGE.matcher(head.headers().firstValue("Content-Range").orElse(""));
    if (!range.matches()) {
      return new Arrival(-1, OptionalLong.empty(), true); // which fits nowhere
    }
    String total = range.group(2);
    return new Arrival(
        Long.parseLong(range.group(1)),
        total.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total)),
        true);
  }
}
