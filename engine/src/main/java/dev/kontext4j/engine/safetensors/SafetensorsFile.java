package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.MappedFile;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.WeightFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// One safetensors file. Its metadata are the texts of `__metadata__`.
public final class SafetensorsFile extends WeightFile {
  private SafetensorsFile(Path path, Header header, MappedFile mapped) {
    super(path, header, mapped);
  }

  /// Opens a file; reads its header and none of its data.
  ///
  /// @throws CheckpointException if the file is missing, unreadable, or breaks a rule of the format
  public static SafetensorsFile open(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw Refusal.of(path, "is not a file: give a .safetensors file");
    }
    return open(path, SafetensorsHeader::read, SafetensorsFile::new);
  }
}
