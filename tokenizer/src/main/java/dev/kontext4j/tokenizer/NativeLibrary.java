package dev.kontext4j.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/// Loads the native tokenizer that DJL's jar carries for this platform. Never downloads.
final class NativeLibrary {
  private static final String FOLDER = "/native/lib/";
  private static boolean loaded;

  private NativeLibrary() {}

  /// Loads the library if it is not loaded yet.
  static synchronized void load() {
    if (loaded) {
      return;
    }
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    var files = files(platform);
    String name = "tokenizers-" + version() + '-' + platform;
    Path folder =
        NativeCache.ofUser("natives")
            .folder(name, files, file -> resource(FOLDER + platform + "/cpu/" + file));
    files.forEach(file -> load(folder.resolve(file)));
    loaded = true;
  }

  // The library must be loaded from this class: JNI binds it to the class loader of the caller,
  // which is TokenizersLibrary's too.
  @SuppressWarnings("restricted")
  private static void load(Path library) {
    try {
      System.load(library.toString());
    } catch (UnsatisfiedLinkError e) {
      throw new TokenizerException(
          library,
          "this native library cannot be loaded: " + e.getMessage(),
          "Delete its folder, or name another cache folder in " + NativeCache.VARIABLE,
          e);
    }
  }

  /// DJL's name of a platform, such as `linux-x86_64`.
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system = os.startsWith("windows") ? "win" : os.startsWith("mac") ? "osx" : os;
    return system + '-' + (osArch.equals("amd64") ? "x86_64" : osArch);
  }

  /// The library, after what it needs.
  private static List<String> files(String platform) {
    String library = System.mapLibraryName("tokenizers");
    return platform.startsWith("win-")
        ? List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", library)
        : List.of(library);
  }

  private static String version() {
    try (var in = resource(FOLDER + "tokenizers.properties")) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new IllegalStateException("the jar of DJL's tokenizers is damaged", e);
    }
  }

  private static InputStream resource(String path) {
    var stream = TokenizersLibrary.class.getResourceAsStream(path);
    if (stream == null) {
      throw new TokenizerException(
          Path.of(path),
          "the jar of DJL's tokenizers has no such file",
          "It serves Linux (x86_64, aarch64), macOS (aarch64) and Windows (x86_64)");
    }
    return stream;
  }
}
