package dev.kontext4j.hub.runtime;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which files of the wheels stay: the shared libraries that an edit may load, and the licences
/// that they come under. Where they lie does not change, for they look for each other by that.
final class NeededFiles {
  private static final Pattern LIBRARY =
      Pattern.compile("(?:torch|nvidia/[a-z0-9_]+)/lib/([^/]+\\.so(?:\\.[0-9]+)*)");

  private static final Pattern LICENCE =
      Pattern.compile(
          "[^/]+\\.dist-info/licenses/.*"
              + "|(?:[^/]+\\.dist-info|nvidia/[^/]+)/(?:licen[cs]e|notice|copying)[^/]*");

  /// Python's side of torch.
  private static final Set<String> FOR_PYTHON =
      Set.of("libtorch.so", "libtorch_python.so", "libtorch_global_deps.so", "libshm.so");

  /// What no library of torch's asks for: NVRTC with another allocator, several cards at a time,
  /// FFTW's and BLAS' own interfaces, profilers, and what needs a network between machines.
  private static final Pattern NOT_LOADED =
      Pattern.compile(
          "libnvrtc(?:-builtins)?\\.alt\\..*|libcusolverMg\\..*|libcufftw\\..*|libnvblas\\..*"
              + "|libnvperf_.*|libcheckpoint\\..*|libpcsamplingutil\\..*|libcufile_rdma\\..*"
              + "|nvshmem_.*");

  private NeededFiles() {}

  /// @param path within the runtime, with slashes
  static boolean contain(String path) {
    var library = LIBRARY.matcher(path);
    if (library.matches()) {
      String name = library.group(1);
      return !FOR_PYTHON.contains(name) && !NOT_LOADED.matcher(name).matches();
    }
    return LICENCE.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }
}
