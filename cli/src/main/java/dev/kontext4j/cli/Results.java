package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.WriteException;
import java.io.IOException;
import java.io.PrintWriter;

/// Results on standard output, of which it matters that they arrive.
final class Results {
  private Results() {}

  static void print(PrintWriter out, Object line) {
    out.println(line);
    requireArrival(out);
  }

  /// A writer keeps its failures to itself until it is asked.
  static void requireArrival(PrintWriter out) {
    if (out.checkError()) { // which also flushes
      throw new WriteException("standard output", new IOException("it takes nothing more"));
    }
  }
}
