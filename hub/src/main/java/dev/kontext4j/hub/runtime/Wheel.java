package dev.kontext4j.hub.runtime;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A line of a [WheelList]: what pip is asked for, and in a comment what that comes to.
///
/// @param requirement with a hash, for pip
/// @param file the wheel's name, which tells what it is for
/// @param bytes of the wheel
/// @param unpacked bytes of what is in it
public record Wheel(String requirement, String file, long bytes, long unpacked) {
  private static final Pattern LINE =
      Pattern.compile(
          "([A-Za-z0-9._-]+==[0-9.]+ --hash=sha256:[0-9a-f]{64})"
              + "  # ([A-Za-z0-9._-]+-[a-z0-9]+-[a-z0-9]+-[a-z0-9_.]+\\.whl) ([0-9]{1,12}) ([0-9]{1,12})");

  static Optional<Wheel> parse(String line) {
    var parts = LINE.matcher(line);
    return parts.matches()
        ? Optional.of(
            new Wheel(
                parts.group(1),
                parts.group(2),
                Long.parseLong(parts.group(3)),
                Long.parseLong(parts.group(4))))
        : Optional.empty();
  }

  /// The platforms that it is for, as its name says: `a-1.0-py3-none-PLATFORM.PLATFORM.whl`.
  List<String> platforms() {
    return List.of(tag(1).replaceFirst("\\.whl$", "").split("\\.", -1));
  }

  /// The kind of Python that it is for, such as `cp312` or `py3`.
  String python() {
    return tag(3);
  }

  private String tag(int fromTheEnd) {
    String[] tags = file.split("-", -1);
    return tags[tags.length - fromTheEnd];
  }
}
