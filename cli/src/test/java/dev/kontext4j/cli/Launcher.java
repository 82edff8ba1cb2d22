package dev.kontext4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `./kontext` itself, as it stands in the root of a clone, with no settings but those it is given.
///
/// @param command how it is called
/// @param where the folder in which it is called
record Launcher(List<String> command, Path where) {
  static final Path SCRIPT = Path.of("../kontext").toAbsolutePath().normalize();
  private static final int MINUTES = 10; // it may have to build

  static Launcher in(Path where) {
    return new Launcher(List.of(SCRIPT.toString()), where);
  }

  /// Calls it within a line of a shell.
  ///
  /// @param line in it "$@" is the program with its arguments
  Launcher within(String line) {
    var shell = new ArrayList<>(List.of("/bin/sh", "-c", line, "sh"));
    shell.addAll(command);
    return new Launcher(shell, where);
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    return run(List.of(arguments));
  }

  Run run(List<String> arguments) throws IOException, InterruptedException {
    Path err = Files.createTempFile("kontext4j-test", ".err");
    try {
      var process = builder(arguments).redirectError(err.toFile()).start();
      var out = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "it does not end");
      return new Run(process.exitValue(), out, Files.readAllLines(err));
    } finally {
      Files.delete(err);
    }
  }

  Process start(List<String> arguments) throws IOException {
    return builder(arguments).start();
  }

  private ProcessBuilder builder(List<String> arguments) {
    var whole = new ArrayList<>(command);
    whole.addAll(arguments);
    var builder = new ProcessBuilder(whole).directory(where.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("KONTEXT4J_") || name.startsWith("LC_"));
    environment.put("CUDA_VISIBLE_DEVICES", "-1"); // the CPU's numbers are expected
    environment.remove("LANG");
    environment.put("XDG_CONFIG_HOME", where.resolve("config").toString());
    environment.put("HF_HOME", where.resolve("hub").toString());
    return builder;
  }
}
