package dev.kontext4j.cli;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.sampler.PackedLatents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The last latents of a run as a safetensors file: `latents`, pictures x tokens x channels.
final class LatentsFile {
  private LatentsFile() {}

  static void write(Path file, List<PackedLatents> pictures) throws IOException {
    var first = pictures.getFirst();
    var shape = List.of((long) pictures.size(), (long) first.tokens(), (long) first.channels());
    SafetensorsWriter.to(file)
        .tensor(
            "latents",
            DType.F32,
            shape,
            sink -> {
              for (var picture : pictures) {
                sink.write(picture.values());
              }
            })
        .write();
  }
}
