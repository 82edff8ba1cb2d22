package dev.kontext4j.hub.runtime;

import dev.kontext4j.hub.fetch.FetchException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The machine's pip.
///
/// @param python that has it
/// @param version what it says of itself, such as `pip 25.1`
public record Pip(Path python, String version) {
  public static final String NONE =
      "There is no pip (no python3 on the path that has it); install Debian's or Fedora's"
          + " python3-pip, or do without: an installed PyTorch with CUDA is found by itself, and the"
          + " libtorch zip of pytorch.org can be named with --libtorch DIR";

  private static final int PATIENCE = 60; // seconds, for a version
  private static final int GLANCE = 250; // milliseconds between two looks at what has come
  private static final int WHEELS_DEPTH = 2; // in a folder of pip's own

  /// Runs pip, and ends with whoever began it, even if that was killed: then nobody holds the other
  /// end of standard input any more.
  private static final String UNTIL_STDIN_ENDS =
      """
      import os, runpy, sys, threading
      def end():
          while os.read(0, 4096):
              pass
          os._exit(1)
      threading.Thread(target=end, daemon=True).start()
      sys.argv[0] = "pip"
      runpy.run_module("pip", run_name="__main__", alter_sys=True)
      """;

  /// The first that works.
  ///
  /// @param searchPath folders, as in `PATH`
  public static Optional<Pip> find(@Nullable String searchPath) {
    return Stream.of((searchPath == null ? "" : searchPath).split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "python3"))
        .filter(Files::isExecutable)
        .flatMap(python -> version(python).map(said -> new Pip(python, said)).stream())
        .findFirst();
  }

  private static Optional<String> version(Path python) {
    try {
      var process =
          new ProcessBuilder(python.toString(), "-m", "pip", "--version")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String line = process.inputReader().readLine();
      boolean good = process.waitFor(PATIENCE, TimeUnit.SECONDS) && process.exitValue() == 0;
      return good && line != null && line.startsWith("pip ")
          ? Optional.of(line.replaceFirst(" from .*", ""))
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // it is not for this machine
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// Installs a list into a folder.
  ///
  /// @param scratch a folder for what pip keeps meanwhile
  /// @param came is told how many bytes of wheels there are
  void install(WheelList list, Path target, Path scratch, LongConsumer came)
      throws IOException, InterruptedException {
    Path requirements = Files.writeString(scratch.resolve("requirements.txt"), list.text());
    Path log = scratch.resolve("pip.log");
    var builder =
        new ProcessBuilder(command(list, requirements, target))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    settle(builder, scratch);
    var process = builder.start();
    try {
      long most = 0; // pip deletes them before it is done
      while (!process.waitFor(GLANCE, TimeUnit.MILLISECONDS)) {
        most = Math.max(most, wheelBytes(scratch));
        came.accept(most);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    if (process.exitValue() != 0) {
      throw new PipFailure(lines(log)).exception(version, process.exitValue());
    }
  }

  private List<String> command(WheelList list, Path requirements, Path target) {
    var command = new ArrayList<>(List.of(python.toString(), "-c", UNTIL_STDIN_ENDS, "install"));
    command.addAll(List.of("--only-binary", ":all:", "--no-deps", "--require-hashes"));
    command.addAll(List.of("--no-compile", "--no-cache-dir", "--no-input", "--no-user"));
    command.addAll(List.of("--disable-pip-version-check", "--progress-bar", "off"));
    list.target().forEach(command::add);
    command.addAll(List.of("--target", target.toString(), "-r", requirements.toString()));
    return command;
  }

  /// pip's own settings stay (an index, a proxy), but for those that contradict.
  private static void settle(ProcessBuilder builder, Path scratch) {
    var variables = builder.environment();
    variables.put("TMPDIR", scratch.toString()); // where the room was looked at
    variables.put("PIP_REQUIRE_VIRTUALENV", "0");
    variables.put("PYTHONIOENCODING", "utf-8");
    List.of("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIREMENT", "PIP_CONSTRAINT")
        .forEach(variables::remove);
  }

  private static long wheelBytes(Path scratch) {
    try (var files = Files.walk(scratch, WHEELS_DEPTH)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException | UncheckedIOException _) {
      return 0; // pip has tidied up meanwhile; the next look tells more
    }
  }

  private static List<String> lines(Path log) throws IOException {
    return new String(Files.readAllBytes(log), Charset.defaultCharset()).lines().toList();
  }

  /// That which is there, or else a word about what to do without.
  public static Pip required(@Nullable String searchPath) {
    return find(searchPath).orElseThrow(() -> new FetchException(NONE));
  }
}
