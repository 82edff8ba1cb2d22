package dev.kontext4j.testkit.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A script that passes for a Python with pip: for what no pip does on demand. It ends when its
/// standard input does, as kontext4j has pip do.
public final class FakePip {
  /// What makes a folder a runtime, as far as its names tell.
  public static final String LIBRARIES =
      """
      echo cpu > "$target/torch/lib/libtorch_cpu.so"
      echo cuda > "$target/torch/lib/libtorch_cuda.so"
      """;

  private FakePip() {}

  /// Writes it.
  ///
  /// @param folder that will be on the path
  /// @param doing what `install` does, as a shell script; `$target` is where to
  public static Path in(Path folder, String doing) throws IOException {
    Path python = Files.createDirectories(folder).resolve("python3");
    Files.writeString(
        python,
        """
        #!/bin/sh
        if [ "$1" = -m ]; then
          echo "pip 99.1 from /nowhere (python 3.99)"
          exit 0
        fi
        exec 3<&0
        (cat <&3 >/dev/null; kill -9 $$ 2>/dev/null) &
        while [ $# -gt 0 ]; do
          [ "$1" = --target ] && target=$2
          shift
        done
        mkdir -p "$target/torch/lib" "$target/nvidia/cu13/lib"
        %s
        """
            .formatted(doing));
    if (!python.toFile().setExecutable(true)) {
      throw new IOException(python + " cannot be made executable");
    }
    return python;
  }
}
