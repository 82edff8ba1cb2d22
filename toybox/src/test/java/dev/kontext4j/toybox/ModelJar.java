package dev.kontext4j.toybox;

import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A jar with an index and the files of a model, for which any texts will do.
record ModelJar(Path file) {
  static final Map<String, String> FILES =
      Map.of(
          "model_index.json",
          "{}",
          "vae/config.json",
          "{\"a\": 1}",
          "vae/weights.bin",
          "0123456789");

  /// A jar of these files, with an index that tells the truth about them.
  static ModelJar of(Path file, Map<String, String> files) throws IOException {
    return of(file, index(files), files);
  }

  static ModelJar of(Path file, String index, Map<String, String> files) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(file))) {
      put(out, EmbeddedModel.INDEX, index);
      for (var entry : files.entrySet()) {
        put(out, EmbeddedModel.MODEL + "/" + entry.getKey(), entry.getValue());
      }
    }
    return new ModelJar(file);
  }

  private static void put(JarOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  static String index(Map<String, String> files) {
    return new TreeMap<>(files)
        .entrySet().stream()
            .map(file ->
                "{\"path\": \"%s\", \"bytes\": %d, \"sha256\": \"%s\"}"
                    .formatted(
                        file.getKey(),
                        file.getValue().length(),
                        Sha256.of(file.getValue().getBytes(StandardCharsets.UTF_8)).digits()))
            .collect(Collectors.joining(",\n", "[", "]\n"));
  }

  /// As a class in the jar would find them.
  Function<String, @Nullable URL> resources() {
    return name -> {
      try (var zip = new ZipFile(file.toFile())) {
        return zip.getEntry(name) == null
            ? null
            : URI.create("jar:" + file.toUri() + "!/" + name).toURL();
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      } catch (IOException e) {
        throw new AssertionError(file + " is no jar", e);
      }
    };
  }
}
