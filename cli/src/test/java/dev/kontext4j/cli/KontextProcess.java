package dev.kontext4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The program in a process of its own, for what only a process has: an end, signals, limits.
final class KontextProcess implements AutoCloseable {
  private static final int SECONDS = 60;

  private final Process process;
  private final Path out;
  private final BufferedReader err;
  private final List<String> errLines = new ArrayList<>();

  private KontextProcess(Process process, Path out) {
    this.process = process;
    this.out = out;
    this.err = process.errorReader();
  }

  /// The command that runs a class's `main` as `kontext` does.
  static List<String> java(List<String> options, Class<?> main) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  static KontextProcess start(List<String> arguments) throws IOException {
    return start(List.of(), List.of(), arguments);
  }

  /// @param prefix a command that runs another
  /// @param options for the JVM
  static KontextProcess start(List<String> prefix, List<String> options, List<String> arguments)
      throws IOException {
    return start(prefix, options, Map.of(), arguments);
  }

  /// @param variables of the environment
  static KontextProcess start(
      List<String> prefix,
      List<String> options,
      Map<String, String> variables,
      List<String> arguments)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.addAll(java(options, Main.class));
    command.addAll(arguments);
    Path out = Files.createTempFile("kontext4j-test", ".out");
    var builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    // No Python, so no PyTorch of this machine is found, and no GPU.
    List.of("VIRTUAL_ENV", "CONDA_PREFIX", "KONTEXT4J_LIBTORCH")
        .forEach(builder.environment()::remove);
    builder.environment().put("CUDA_VISIBLE_DEVICES", "-1");
    builder.environment().put("PATH", "/nonexistent");
    builder.environment().putAll(variables);
    return new KontextProcess(builder.start(), out);
  }

  /// Waits until it prints a line on standard error that fits.
  void awaitErr(Predicate<String> wanted) throws IOException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      errLines.add(line);
      if (wanted.test(line)) {
        return;
      }
    }
    throw new AssertionError("it ended before: " + errLines);
  }

  long pid() {
    return process.pid();
  }

  /// Ends it as nobody can prevent.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits until it ends.
  Run end() throws IOException, InterruptedException {
    errLines.addAll(err.lines().toList());
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + errLines);
    }
    return new Run(process.exitValue(), Files.readAllLines(out), List.copyOf(errLines));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(out);
  }
}
