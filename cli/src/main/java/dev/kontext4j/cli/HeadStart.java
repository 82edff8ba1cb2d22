package dev.kontext4j.cli;

import dev.kontext4j.cli.settings.ConfigFolder;
import dev.kontext4j.cli.settings.Setting;
import dev.kontext4j.cli.settings.Settings;
import dev.kontext4j.engine.Libtorch;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/// Begins to load libtorch before the options have been read, which takes picocli about as long as
/// half of libtorch takes to load.
final class HeadStart {
  private static final List<Setting> CHOOSING =
      List.of(Setting.DEVICE, Setting.LIBTORCH, Setting.THREADS);
  private static final List<String> HELP = List.of("-h", "--help", "-V", "--version");

  private HeadStart() {}

  /// Takes it where an edit will be made and nobody chooses another libtorch.
  static void take(String[] arguments) {
    if (isEdit(arguments) && !isChosen(arguments) && !isSettled()) {
      Libtorch.begin(Libtorch.Wish.USUAL);
    }
  }

  private static boolean isEdit(String[] arguments) {
    return arguments.length > 0
        && arguments[0].equals("edit")
        && Stream.of(arguments).noneMatch(HELP::contains);
  }

  /// A prompt may look like an option: then this only is no head start.
  private static boolean isChosen(String[] arguments) {
    return CHOOSING.stream()
        .map(Setting::option)
        .anyMatch(option -> Stream.of(arguments).anyMatch(each -> each.startsWith(option)));
  }

  private static boolean isSettled() {
    return CHOOSING.stream().anyMatch(setting -> System.getenv(setting.variable()) != null)
        || Files.exists(ConfigFolder.file(Settings.FILE));
  }
}
