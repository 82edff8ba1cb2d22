package dev.kontext4j.hub.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What pip has said, word for word (pip 23.2 and 25), and what is made of it. What is said most
/// often is tested with pip itself (`RuntimeTest`).
class PipFailureTest {
  private static String said(String... lines) {
    var e = new PipFailure(List.of(lines)).exception("pip 23.2.1", 1);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.endsWith("; nothing was installed"), message);
    return message;
  }

  private static void requireWords(String message, String... words) {
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void anIndexThatCannotBeReachedHasNoVersionsEither() {
    requireWords(
        said(
            "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/torch/",
            "ERROR: Could not find a version that satisfies the requirement torch==2.11.0 (from versions: none)",
            "ERROR: No matching distribution found for torch==2.11.0"),
        "could not reach its package index",
        "see to the network");
  }

  @Test
  void aDownloadThatBreaksOff() {
    requireWords(
        said(
            "ERROR: Exception:",
            "Traceback (most recent call last):",
            "  File \"urllib3/response.py\", line 438, in _error_catcher",
            "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.example.org', port=443): Read timed out."),
        "could not reach");
  }

  @Test
  void theDiskIsFull() {
    requireWords(
        said(
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"),
        "no space left",
        "XDG_CACHE_HOME");
  }

  @Test
  void whateverElse() {
    assertEquals(
        "pip failed (exit code 1): Can not combine '--user' and '--target'; nothing was installed",
        said("", "ERROR: Can not combine '--user' and '--target'", ""));
    requireWords(said("Something else."), "(exit code 1): Something else.");
    assertEquals("pip failed (exit code 1); nothing was installed", said());
  }
}
