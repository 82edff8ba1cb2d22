package dev.kontext4j.cli.lora;

import dev.kontext4j.engine.CheckpointException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where adapters are looked for that are not named by a path: in the folder that was settled, and
/// in `kontext4j/loras` in `$XDG_DATA_HOME`, else in `~/.local/share`.
public record LoraFolders(List<Path> folders) {
  private static final String ENDING = ".safetensors";

  /// The folders of this user.
  ///
  /// @param settled a folder that goes before the usual one
  public static LoraFolders of(Optional<Path> settled) {
    return new LoraFolders(Stream.concat(settled.stream(), Stream.of(usual())).toList());
  }

  private static Path usual() {
    String configured = System.getenv("XDG_DATA_HOME");
    Path data =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(configured);
    return data.toAbsolutePath().resolve("kontext4j").resolve("loras");
  }

  /// The file that a name or a path means.
  public Path file(String name) {
    return find(name)
        .orElseThrow(() ->
            new CheckpointException(
                "There is no LoRA \"%s\", neither here nor in %s; give the path of a .safetensors file"
                    .formatted(name, folders.getLast())));
  }

  /// The file that a name or a path means, if it is there.
  public Optional<Path> find(String name) {
    return Stream.concat(Stream.of(Path.of("")), folders.stream())
        .flatMap(folder -> Stream.of(name, name + ENDING).flatMap(n -> inside(folder, n)))
        .findFirst();
  }

  private static Stream<Path> inside(Path folder, String name) {
    try {
      Path file = folder.resolve(name);
      return Files.isRegularFile(file) ? Stream.of(file) : Stream.of();
    } catch (InvalidPathException _) {
      return Stream.of();
    }
  }
}
