package dev.kontext4j.toybox;

import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The model that comes with the program, as a folder like any other: weights are mapped into
/// memory, and nothing inside a jar can be.
///
/// Where the resources are plain files, that is their folder. From a jar they are unpacked once,
/// into a folder of the cache that is named after their index: another model is another folder.
public final class EmbeddedModel {
  static final String INDEX = "files.json";
  static final String MODEL = "model";

  private EmbeddedModel() {}

  /// The model's folder, unpacked if need be.
  ///
  /// @throws CheckpointException if this build has no model, or there is no room for it
  public static Path folder() {
    return folder(EmbeddedModel.class::getResource, CacheFolder.named("toybox"));
  }

  /// One thread at a time, because the lock of a file is the whole process's.
  ///
  /// @param resources by their names beside this class
  static synchronized Path folder(Function<String, @Nullable URL> resources, Path cache) {
    URL url = resources.apply(INDEX);
    if (url == null) {
      throw new CheckpointException(
          "This build holds no embedded model; name a model folder with --model");
    }
    if (url.getProtocol().equals("file")) {
      return Path.of(uri(url)).resolveSibling(MODEL);
    }
    try {
      var index = FileIndex.read(url);
      return new UnpackedModel(index, path -> resources.apply(MODEL + "/" + path)).in(cache);
    } catch (IOException e) {
      throw new CheckpointException(
          "The embedded model's index cannot be read (" + e + "); build kontext4j again", e);
    }
  }

  private static URI uri(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
