package dev.kontext4j.engine.internal.torch;

import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.engine.LibraryException;
import dev.kontext4j.engine.Libtorch;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/// The CPU libtorch that stands in jars on the class path, unpacked into a cache once.
///
/// JavaCPP's loader does the unpacking: it locks against other processes and takes a cached file
/// only when its size and time are those of the jar's entry, so a killed run leaves nothing that
/// the next would believe.
public final class BundledLibraries {
  private static final String CACHE_PROPERTY = "org.bytedeco.javacpp.cachedir";

  /// Dependencies before dependents; those a platform does not have are passed over.
  private static final List<String> LOAD_ORDER =
      List.of(
          "pytorch:libgomp.so.1",
          "pytorch:libiomp5.dylib",
          "pytorch:libomp.dylib",
          "pytorch:libiomp5md.dll",
          "pytorch:" + System.mapLibraryName("c10"),
          "openblas:libquadmath.so.0",
          "openblas:libgfortran.so.5",
          "openblas:libopenblas.so.0",
          "openblas:libgcc_s.1.1.dylib",
          "openblas:libquadmath.0.dylib",
          "openblas:libgfortran.5.dylib",
          "openblas:libopenblas.0.dylib",
          "openblas:libgcc_s_seh-1.dll",
          "openblas:libwinpthread-1.dll",
          "openblas:libquadmath-0.dll",
          "openblas:libgfortran-5.dll",
          "openblas:libopenblas.dll",
          "pytorch:asmjit.dll",
          "pytorch:fbgemm.dll",
          "pytorch:uv.dll",
          "pytorch:" + System.mapLibraryName("torch_cpu"));

  private BundledLibraries() {}

  /// Whether the jars for this platform are on the class path.
  public static boolean areThere() {
    return resource("pytorch", LibtorchFolder.MAIN_LIBRARY) != null;
  }

  /// The unpacked libraries in load order.
  static List<Path> unpacked() {
    if (!areThere()) {
      throw new LibraryException(Libtorch.NO_LIBRARY);
    }
    useOwnCache();
    var files = new ArrayList<Path>();
    for (String entry : LOAD_ORDER) {
      int colon = entry.indexOf(':');
      URL url = resource(entry.substring(0, colon), entry.substring(colon + 1));
      if (url != null) {
        files.add(unpack(url));
      }
    }
    return files;
  }

  private static @org.jspecify.annotations.Nullable URL resource(String project, String file) {
    return BundledLibraries.class
        .getClassLoader()
        .getResource("org/bytedeco/" + project + "/" + Loader.getPlatform() + "/" + file);
  }

  private static Path unpack(URL url) {
    try {
      File file = Loader.cacheResource(url);
      if (file == null) {
        throw new LibraryException(cannotUnpack());
      }
      return file.toPath();
    } catch (IOException e) {
      throw new LibraryException(cannotUnpack() + " (" + e.getMessage() + ")", e);
    }
  }

  private static String cannotUnpack() {
    return "Could not unpack libtorch into "
        + System.getProperty(CACHE_PROPERTY)
        + "; make room there (0.4 GB), or name another folder with "
        + CacheFolder.VARIABLE;
  }

  private static void useOwnCache() {
    if (System.getProperty(CACHE_PROPERTY) == null) {
      System.setProperty(CACHE_PROPERTY, CacheFolder.named("natives").toString());
    }
  }
}
