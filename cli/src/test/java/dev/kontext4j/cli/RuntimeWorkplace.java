package dev.kontext4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.testkit.hub.FakePip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// `kontext runtime` over two tiny wheels, with this machine's pip or a script that passes for it.
final class RuntimeWorkplace {
  static final String NAME = "cuda-1.0-torch-1.0";
  private static final String TORCH = "torch-1.0-cp312-cp312-manylinux_2_28_x86_64.whl";
  private static final String CUDART =
      "nvidia_cuda_runtime-1.0-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl";

  /// What an installed runtime consists of; the rest of the wheels goes.
  static final Map<String, String> LIBRARIES =
      new TreeMap<>(
          Map.of(
              "nvidia/cu13/lib/libcudart.so.13", "cudart",
              "nvidia_cuda_runtime-1.0.dist-info/licenses/License.txt", "terms",
              "torch/lib/libc10.so", "c10",
              "torch/lib/libtorch_cpu.so", "cpu",
              "torch/lib/libtorch_cuda.so", "cuda"));

  private final Path folder;

  RuntimeWorkplace(Path folder) throws IOException {
    this.folder = folder;
    Path wheels = Files.createDirectory(folder.resolve("wheels"));
    byte[] torch = wheel("torch", Map.of("torch/__init__.py", "", "torch/include/a.h", ""));
    byte[] cudart = wheel("nvidia_cuda_runtime", Map.of("nvidia/cu13/lib/libcudart_static.a", "a"));
    Files.write(wheels.resolve(TORCH), torch);
    Files.write(wheels.resolve(CUDART), cudart);
    Files.writeString(
        list(),
        "# %s\n%s%s"
            .formatted(
                NAME, line("torch", TORCH, torch), line("nvidia-cuda-runtime", CUDART, cudart)));
  }

  private static String line(String name, String file, byte[] wheel) {
    return "%s==1.0 --hash=sha256:%s  # %s %d 100\n"
        .formatted(name, Sha256.of(wheel).digits(), file, wheel.length);
  }

  /// A wheel is a zip with what is told of it in a folder of its own.
  private static byte[] wheel(String name, Map<String, String> others) throws IOException {
    String info = name + "-1.0.dist-info/";
    var files = new TreeMap<>(others);
    String start = name.equals("torch") ? "torch/" : "nvidia";
    LIBRARIES.forEach((path, text) -> {
      if (path.startsWith(start)) {
        files.put(path, text);
      }
    });
    files.put(info + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n");
    files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\n");
    files.put(info + "RECORD", String.join(",,\n", files.keySet()) + ",,\n");
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  Path list() {
    return folder.resolve("wheels.txt");
  }

  Path runtimes() {
    return folder.resolve("cache/kontext4j/runtime");
  }

  Path place() {
    return runtimes().resolve(NAME);
  }

  /// What stands where runtimes are.
  List<String> names() throws IOException {
    if (!Files.exists(runtimes())) {
      return List.of();
    }
    try (var files = Files.list(runtimes())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    }
  }

  /// The files of the installed runtime, with what is in them.
  Map<String, String> files() throws IOException {
    var found = new TreeMap<String, String>();
    try (var files = Files.walk(place())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = place().relativize(file).toString();
        if (!name.equals("manifest.json")) {
          found.put(name, Files.readString(file));
        }
      }
    }
    return found;
  }

  KontextProcess start(Map<String, String> variables, String... arguments) throws IOException {
    var environment = new HashMap<>(variables);
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    return KontextProcess.start(List.of(), List.of(), environment, List.of(arguments));
  }

  Run run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    try (var process = start(variables, arguments)) {
      return process.end();
    }
  }

  /// With this machine's pip, which finds the wheels in a folder and asks no index.
  Map<String, String> realPip() {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "PIP_NO_INDEX", "1",
        "PIP_FIND_LINKS", folder.resolve("wheels").toString());
  }

  /// With this machine's pip, which asks an index at a port of this machine, twice.
  Map<String, String> realPip(int port) {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "PIP_INDEX_URL", "http://127.0.0.1:" + port + "/simple",
        "PIP_FIND_LINKS", "",
        "PIP_RETRIES", "1",
        "NO_PROXY", "*");
  }

  /// With a script for a pip.
  Map<String, String> fakePip(String doing) throws IOException {
    Path bin = folder.resolve("bin");
    FakePip.in(bin, doing);
    return Map.of("PATH", bin + ":/usr/bin:/bin");
  }

  String[] install(String... more) {
    var all = new ArrayList<>(List.of("runtime", "install", "cuda", "--wheels", list().toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
