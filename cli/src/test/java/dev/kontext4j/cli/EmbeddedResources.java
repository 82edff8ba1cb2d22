package dev.kontext4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// The tiny model in the embedded model's place, as plain files or in a jar.
///
/// @param root that stands for a jar
record EmbeddedResources(Path root) {
  private static final String PACKAGE = "dev/kontext4j/toybox";

  static EmbeddedResources in(Path root) throws IOException {
    Path model = root.resolve(PACKAGE).resolve("model");
    for (Path file : files(Workplace.model())) {
      Path copy = model.resolve(Workplace.model().relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    Files.writeString(root.resolve(PACKAGE).resolve("files.json"), index(model));
    return new EmbeddedResources(root);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String index(Path model) throws IOException {
    var entries = new ArrayList<String>();
    for (Path file : files(model)) {
      entries.add(
          "{\"path\": \"%s\", \"bytes\": %d, \"sha256\": \"%s\"}"
              .formatted(
                  model.relativize(file).toString().replace('\\', '/'),
                  Files.size(file),
                  sha256(file)));
    }
    return entries.toString();
  }

  private static String sha256(Path file) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /// The same in a jar.
  Path jar(Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files(root)) {
        out.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
