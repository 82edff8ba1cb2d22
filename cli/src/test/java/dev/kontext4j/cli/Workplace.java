package dev.kontext4j.cli;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.picture.PictureFormat;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.cli.picture.PictureWriter;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A folder to work in, with one picture, and the smallest edit there is: 64x64 in one step.
record Workplace(Path folder) {
  static final String PICTURE = "photo.png";

  static Workplace in(Path folder) throws IOException {
    Files.copy(GoldenFiles.path("edits/square/square.png"), folder.resolve(PICTURE));
    return new Workplace(folder);
  }

  static Path model() {
    return GoldenFiles.path("model");
  }

  /// Writes a black picture.
  static void writeBlack(Path file, int width, int height) throws IOException {
    var picture = new Picture(width, height, new byte[3 * width * height]);
    PictureWriter.write(file, new Encoding.Png().encode(picture, Optional.empty()));
  }

  /// The path of a file here, as an argument.
  String path(String name) {
    return folder.resolve(name).toString();
  }

  /// The smallest edit's arguments without those that are given another value, and then these.
  List<String> arguments(String... more) {
    var arguments = new ArrayList<>(List.of("edit"));
    var given = List.of(more);
    add(arguments, given, "-p", "make the sky purple");
    add(arguments, given, "-o", path("out.png"));
    add(arguments, given, "--model", model().toString());
    add(arguments, given, "--width", "64");
    add(arguments, given, "--height", "64");
    add(arguments, given, "--steps", "1");
    add(arguments, given, "--seed", "7");
    add(arguments, given, "--fit", "none");
    add(arguments, given, "--dtype", "f32");
    add(arguments, given, "--max-tokens", "16");
    arguments.addAll(given);
    return arguments;
  }

  private static void add(List<String> arguments, List<String> given, String name, String value) {
    if (!given.contains(name)) {
      arguments.addAll(List.of(name, value));
    }
  }

  /// Edits the picture in this process.
  Run edit(String... more) {
    var arguments = arguments(more);
    arguments.add(path(PICTURE));
    return Run.of(arguments);
  }

  /// The names of what lies here beside the picture.
  List<String> results() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals(PICTURE))
          .sorted()
          .toList();
    }
  }

  /// What kind of picture a file here is.
  String format(String name) throws IOException {
    return PictureFormat.of(bytes(name)).name();
  }

  byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  /// What a picture here shows, whatever else its file says.
  byte[] pixels(String name) {
    return new PictureReader(AlphaMode.DROP).read(folder.resolve(name)).rgb();
  }

  /// A copy of the tiny model, to be damaged.
  Path modelCopy() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("model"));
    try (var files = Files.walk(model())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = copy.resolve(model().relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return copy;
  }
}
