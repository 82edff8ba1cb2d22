package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.FileRange;
import dev.kontext4j.engine.file.MappedFile;
import dev.kontext4j.engine.file.WeightFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// One GGUF file. Its metadata are the single values of its header, as text; lists, such as the
/// words of a vocabulary, are passed over.
public final class GgufFile extends WeightFile {
  static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

  private GgufFile(Path path, Header header, MappedFile mapped) {
    super(path, header, mapped);
  }

  /// Opens a file; reads its header and none of its data.
  ///
  /// @throws CheckpointException if the file is missing, unreadable, or breaks a rule of the format
  public static GgufFile open(Path path) {
    return open(path, GgufHeader::read, GgufFile::new);
  }

  /// Whether a file begins as this format does, whatever its name.
  public static boolean isGguf(Path path) {
    if (!Files.isRegularFile(path)) {
      return false; // what else is wrong is told by whoever opens it
    }
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return Arrays.equals(new FileRange(channel, 0, MAGIC.length).readAllBytes(), MAGIC);
    } catch (IOException _) {
      return false;
    }
  }
}
