package dev.kontext4j.cli;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;

/// A shell that completes command lines.
enum Shell {
  BASH("kontext"),
  /// It reads bash's script, too, and takes it for its own by the first line.
  ZSH("_kontext");

  /// The values of an option or parameter, which picocli takes from constants.
  private static final Pattern VALUES =
      Pattern.compile("(?m)^ *local \\w+(?:_option_args|_pos_param_args)=\\(.*\\)");

  private final String fileName;

  Shell(String fileName) {
    this.fileName = fileName;
  }

  /// What the shell expects the script's file to be called.
  String fileName() {
    return fileName;
  }

  String script(CommandLine program) {
    String bash = AutoComplete.bash("kontext", program);
    String script = VALUES.matcher(bash).replaceAll(Shell::lowered);
    return this == ZSH ? "#compdef kontext\n" + script : script;
  }

  /// Users write constants in small letters.
  private static String lowered(MatchResult line) {
    String text = line.group();
    int values = text.indexOf('=');
    return text.substring(0, values) + text.substring(values).toLowerCase(Locale.ROOT);
  }
}
