package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.cli.manual.CommandText;
import dev.kontext4j.cli.manual.ManPage;
import dev.kontext4j.cli.manual.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `kontext manual`, for those who package the program: `tools/build-app` calls it.
@Command(
    name = "manual",
    hidden = true,
    description = "Writes man pages, shell completions and docs/cli.md into a folder.")
final class ManualCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Folder to write to; it is made if need be.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    CommandLine program = spec.root().commandLine();
    var text = CommandText.of(program);
    try {
      for (CommandText page : text.withAllBelow()) {
        write("man1/" + ManPage.title(page) + ".1", ManPage.of(page, Version.number()));
      }
      for (Shell shell : Shell.values()) {
        write("completions/" + shell.fileName(), shell.script(program));
      }
      write("cli.md", Markdown.of(text));
    } catch (IOException e) {
      throw new WriteException(folder.toString(), e);
    }
    return ExitCode.DONE.number();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }
}
