package dev.kontext4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// What is written from the commands: docs/cli.md, man pages, completions.
class ManualTest {
  @TempDir Path folder;

  @Test
  void thePageInDocsIsThatOfTheCommands() throws IOException {
    Run.of("manual", folder.toString()).done();
    assertEquals(
        Files.readString(folder.resolve("cli.md")),
        Files.readString(Path.of("../docs/cli.md")),
        "after a change of commands: ./kontext manual target/manual, and copy cli.md from there");
  }

  @Test
  void everyCommandHasAManPageWithEveryOption() throws IOException {
    Run.of("manual", folder.resolve("new/folder").toString()).done();
    Path pages = folder.resolve("new/folder/man1");
    var expected = new TreeSet<>(List.of("kontext.1"));
    for (CommandLine command : below(Main.commandLine())) {
      String name = command.getCommandSpec().qualifiedName("-") + ".1";
      expected.add(name);
      String page = Files.readString(pages.resolve(name));
      assertTrue(page.startsWith(".TH \"kontext-"), page);
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertTrue(page.contains(option.longestName().replace("-", "\\-")), option.longestName());
      }
    }
    try (var files = Files.list(pages)) {
      assertEquals(expected, new TreeSet<>(files.map(f -> f.getFileName().toString()).toList()));
    }
  }

  private static List<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
        .flatMap(sub -> Stream.concat(Stream.of(sub), below(sub).stream()))
        .toList();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bashCompletesCommandsOptionsAndTheirValues() throws IOException, InterruptedException {
    assertCompleted("styles", "kontext", "st");
    assertCompleted("--guidance", "kontext", "edit", "--gui");
    assertCompleted("large", "kontext", "edit", "--size", "");
    assertCompleted("bash", "kontext", "completion", "");
  }

  private void assertCompleted(String expected, String... words)
      throws IOException, InterruptedException {
    var offered = completed(words);
    assertTrue(offered.contains(expected), offered::toString);
  }

  /// What bash would offer for the last of these words.
  private List<String> completed(String... words) throws IOException, InterruptedException {
    Path script = folder.resolve("kontext.bash");
    Files.writeString(script, String.join("\n", Run.of("completion", "bash").done()) + "\n");
    String quoted = "'" + String.join("' '", words) + "'";
    String ask =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_kontext; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, quoted, words.length - 1);
    var bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    var lines =
        new String(bash.getInputStream().readAllBytes(), UTF_8).lines().map(String::strip).toList();
    assertEquals(0, bash.waitFor(), lines::toString);
    return lines;
  }
}
