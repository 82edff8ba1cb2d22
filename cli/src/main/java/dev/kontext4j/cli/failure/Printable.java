package dev.kontext4j.cli.failure;

import java.util.regex.Pattern;

/// Texts from strangers (files, servers) as a terminal may be given them: nothing that it would
/// obey, and nothing that turns the order of letters round.
public final class Printable {
  private static final String STANDS_FOR_IT = "·";
  private static final String JOINER = "\\u200d"; // of faces and flags
  private static final Pattern COMMANDS =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029&&[^" + JOINER + "]]");
  private static final Pattern LINES = Pattern.compile("\\s*[\\n\\r\\u0085\\u2028\\u2029]+\\s*");

  private Printable() {}

  /// Without line breaks, too.
  public static String line(String text) {
    return COMMANDS.matcher(LINES.matcher(text).replaceAll(" ")).replaceAll(STANDS_FOR_IT);
  }
}
