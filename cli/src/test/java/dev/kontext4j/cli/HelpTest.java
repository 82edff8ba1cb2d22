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

  /// picocli moves what it wraps two columns to the right. A line that is not moved begins a
  /// description, so there must be an option in front of it; else somebody broke it by hand.
  @Test
  void descriptionsAreWrappedByPicocliAlone() {
    var help = Run.of("edit", "--help").done();
    for (int i = 1; i < help.size(); i++) {
      if (help.get(i).matches(" {28}\\S.*")) {
        String before = help.get(i - 1).strip();
        assertTrue(before.matches("--\\S+"), before);
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
  void theVersionTellsWhatItWasBuiltWithForEveryCommand() {
    var version = Run.of("--version").done();
    assertEquals(2, version.size());
    assertTrue(version.getFirst().matches("kontext4j [0-9]+\\.[0-9]+.*"), version::toString);
    assertTrue(
        version.getLast().matches("libtorch 2\\.[0-9.]+ bundled, Java 25.*"), version::toString);
    assertEquals(version, Run.of("edit", "-V").done());
  }
}
