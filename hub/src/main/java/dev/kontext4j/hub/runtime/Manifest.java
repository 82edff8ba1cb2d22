package dev.kontext4j.hub.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What was installed in a runtime's folder, written down there.
record Manifest(List<Entry> files) {
  private static final String NAME = "manifest.json";
  private static final JsonMapper JSON = new JsonMapper();

  /// A file of it.
  ///
  /// @param path within the folder, with slashes
  record Entry(String path, long bytes, Sha256 sha256) {}

  /// Writes down what is in a folder, and makes sure that it is on the disk.
  static Manifest write(Path folder, Consumer<String> working) throws IOException {
    var entries = new ArrayList<Entry>();
    var root = JSON.createObjectNode();
    var array = root.putArray("files");
    for (Path file : files(folder)) {
      working.accept("checking " + file.getFileName());
      var entry = new Entry(name(folder, file), Files.size(file), Sha256.of(file));
      flush(file);
      entries.add(entry);
      array
          .addObject()
          .put("path", entry.path())
          .put("bytes", entry.bytes())
          .put("sha256", entry.sha256().digits());
    }
    Path manifest = folder.resolve(NAME);
    Files.write(manifest, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    flush(manifest);
    return new Manifest(entries);
  }

  static Manifest read(Path folder) {
    Path file = folder.resolve(NAME);
    try {
      var entries = new ArrayList<Entry>();
      for (JsonNode entry : JSON.readTree(file.toFile()).path("files")) {
        entries.add(entry(entry));
      }
      return new Manifest(entries);
    } catch (IOException | IllegalArgumentException _) {
      throw new CheckpointException(
          "%s is missing or damaged; kontext runtime remove %s, and install it anew"
              .formatted(file, folder.getFileName()));
    }
  }

  private static Entry entry(JsonNode entry) {
    String digits = entry.path("sha256").asText();
    String path = entry.path("path").asText();
    if (!Sha256.FORM.matcher(digits).matches() || path.startsWith("/") || path.contains("..")) {
      throw new IllegalArgumentException(path);
    }
    return new Entry(path, entry.path("bytes").asLong(), new Sha256(digits));
  }

  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  /// What is wrong with a file now, if anything is.
  static Optional<String> problem(Path folder, Entry entry) {
    Path file = folder.resolve(entry.path());
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.of("is missing");
      }
      if (Files.size(file) != entry.bytes()) {
        return Optional.of(
            "is damaged: it has %d bytes of %d".formatted(Files.size(file), entry.bytes()));
      }
      return Sha256.of(file).equals(entry.sha256())
          ? Optional.empty()
          : Optional.of("is damaged: its sha256 is another");
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  /// All files of a folder, in the order of their names.
  static List<Path> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> !Files.isDirectory(file)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static void flush(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
