package dev.kontext4j.hub.runtime;

import dev.kontext4j.hub.fetch.FetchException;
import dev.kontext4j.hub.lock.LockException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The wheels that make a runtime, as `tools/runtime/pin` writes them down: a file of requirements,
/// such as pip reads, with a name in its first line.
///
/// @param name of the runtime that they make
/// @param text the file
public record WheelList(String name, List<Wheel> wheels, String text) {
  private static final String NAME = "# ([A-Za-z0-9][A-Za-z0-9._-]{0,80})";

  /// Beyond the wheels: what a disk should have left when all is done.
  private static final long SPARE = 64L << 20;

  /// The list for this machine.
  public static WheelList packed() {
    String os = System.getProperty("os.name");
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    String file = "cuda-%s-%s.txt".formatted(os.toLowerCase(Locale.ROOT), machine);
    try (var in = WheelList.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FetchException(
            "There are no libraries of CUDA to install for %s on %s; install PyTorch with CUDA, or name a libtorch with --libtorch DIR"
                .formatted(os, machine));
      }
      return read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a list.
  ///
  /// @param origin what to call it in a refusal
  public static WheelList read(String origin, String text) {
    var lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().matches(NAME)) {
      throw new LockException(
          origin + ", line 1: should be # and the runtime's name; tools/runtime/pin writes it");
    }
    var wheels =
        lines.stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> Wheel.parse(line).orElseThrow(() -> strange(origin, line)))
            .toList();
    if (wheels.isEmpty()) {
      throw new LockException(origin + " names no wheel; tools/runtime/pin writes such lists");
    }
    return new WheelList(lines.getFirst().substring(2), wheels, text);
  }

  private static LockException strange(String origin, String line) {
    return new LockException(
        "%s: \"%s\" is no wheel with hash and sizes; tools/runtime/pin writes them"
            .formatted(origin, line));
  }

  /// What is fetched.
  public long bytes() {
    return wheels.stream().mapToLong(Wheel::bytes).sum();
  }

  /// What a disk must have free: pip has all the wheels beside what it has unpacked of them.
  public long room() {
    return bytes() + wheels.stream().mapToLong(Wheel::unpacked).sum() + SPARE;
  }

  /// How pip is told what they are for, whatever the Python that runs it.
  Stream<String> target() {
    var python =
        wheels.stream()
            .map(Wheel::python)
            .filter(tag -> tag.matches("cp3[0-9]+"))
            .flatMap(tag ->
                Stream.of("--abi", tag, "--python-version", "3." + tag.substring("cp3".length())));
    var platforms =
        wheels.stream()
            .flatMap(wheel -> wheel.platforms().stream())
            .distinct()
            .flatMap(platform -> Stream.of("--platform", platform));
    return Stream.concat(Stream.of("--implementation", "cp"), Stream.concat(python, platforms));
  }
}
