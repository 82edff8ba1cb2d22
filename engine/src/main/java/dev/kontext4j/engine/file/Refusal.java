package dev.kontext4j.engine.file;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;

/// How this package says no: one line that names the file, what is wrong and what to do. Whatever
/// came out of a file is cut and freed of control characters before it is shown.
public final class Refusal {
  public static final String CUT_SHORT = "the file may be cut short: download it again";
  public static final String DAMAGED = "the file is damaged: download it again";

  private static final int LONGEST_SHOWN = 120;
  private static final int MOST_LISTED = 3;

  private Refusal() {}

  public static CheckpointException of(Path file, String what) {
    return new CheckpointException(file + ": " + what);
  }

  public static CheckpointException unreadable(Path file, IOException cause) {
    String why =
        switch (cause) {
          case NoSuchFileException _ -> "no such file or folder: check the path";
          case AccessDeniedException _ -> "may not be read: check its permissions";
          default -> "cannot be read: " + shown(String.valueOf(cause.getMessage()));
        };
    return new CheckpointException(file + ": " + why, cause);
  }

  /// A name as it stands in a file, in quotes.
  public static String quoted(String name) {
    return "'" + shown(name) + "'";
  }

  /// The first few of many names, and how many more there are.
  public static String listed(Collection<String> names) {
    String few =
        names.stream().limit(MOST_LISTED).map(Refusal::shown).collect(Collectors.joining(", "));
    int more = names.size() - MOST_LISTED;
    return more > 0 ? few + " and " + more + " more" : few;
  }

  public static String shown(String text) {
    boolean cut = text.length() > LONGEST_SHOWN;
    var line = new StringBuilder(Math.min(text.length(), LONGEST_SHOWN) + 3);
    text.codePoints().limit(LONGEST_SHOWN).map(Refusal::visible).forEach(line::appendCodePoint);
    return cut ? line.append("...").toString() : line.toString();
  }

  private static int visible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          '?';
      default -> codePoint;
    };
  }
}
