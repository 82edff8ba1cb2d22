package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
  private static final int COLUMNS = 80;

  static List<List<String>> helps() {
    return List.of(List.of("--help"), List.of("edit", "--help"), List.of("tokens", "-h"));
  }

  @ParameterizedTest
  @MethodSource("helps")
  void fitsIntoATerminal(List<String> arguments) {
    var help = Run.of(arguments).done();
    assertTrue(help.getFirst().startsWith("Usage: kontext "), help::toString);
    for (String line : help) {
      assertTrue(line.length() < COLUMNS, line);
    }
  }

  /// A line that is short although the next one's first word would have fitted was broken by hand,
  /// and will be broken again where it should not.
  @Test
  void descriptionsAreWrappedOnceOnly() {
    var help = Run.of("edit", "--help").done();
    for (int i = 1; i < help.size(); i++) {
      String line = help.get(i);
      boolean continues = line.startsWith(" ".repeat(30));
      if (continues) {
        String word = line.strip().split(" ", 2)[0];
        assertTrue(help.get(i - 1).length() + 1 + word.length() >= COLUMNS - 1, help.get(i - 1));
      }
    }
  }

  @Test
  void everyOptionIsDescribed() {
    Main.commandLine()
        .getSubcommands()
        .forEach((name, command) -> {
          String help = String.join("\n", Run.of(name, "--help").done());
          for (OptionSpec option : command.getCommandSpec().options()) {
            assertTrue(help.contains(" " + option.longestName()), option.longestName());
            assertFalse(String.join("", option.description()).isBlank(), option.longestName());
          }
        });
  }

  @Test
  void theExampleAndTheExitCodesAreWhole() {
    var help = Run.of("edit", "--help").done();
    assertTrue(
        help.contains("  kontext edit photo.png -p \"make the car red\" -o red.png \\"),
        help::toString);
    assertTrue(help.contains("      --model FLUX.1-Kontext-dev"), help::toString);
    for (String code : List.of("  0   done", "  3   a picture", "130   interrupted")) {
      assertTrue(help.stream().anyMatch(line -> line.strip().startsWith(code.strip())), code);
    }
  }

  @Test
  void theVersionIsOneLineForEveryCommand() {
    var version = Run.of("--version").done();
    assertEquals(1, version.size());
    assertTrue(version.getFirst().startsWith("kontext4j "), version::toString);
    assertEquals(version, Run.of("edit", "-V").done());
  }
}
