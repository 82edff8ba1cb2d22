package dev.kontext4j.hub.fetch;

import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which pieces of a file came whole, and their hashes: a line each, after a first line that says
/// of which file. A line that is cut off, or is none, ends what is believed.
final class Journal implements AutoCloseable {
  private static final Pattern LINE = Pattern.compile("(\\d{1,9}) ([0-9a-f]{64})");

  private final FileChannel channel;
  private final Map<Integer, Sha256> pieces;

  private Journal(FileChannel channel, Map<Integer, Sha256> pieces) {
    this.channel = channel;
    this.pieces = pieces;
  }

  /// Opens a journal; one of another file is begun anew.
  ///
  /// @param title what says of which file it is
  static Journal open(Path path, String title) throws IOException {
    var pieces = new TreeMap<Integer, Sha256>();
    long believed = 0;
    if (Files.exists(path)) {
      believed = read(Files.readString(path, StandardCharsets.ISO_8859_1), title, pieces);
    }
    var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(believed).position(believed);
    var journal = new Journal(channel, pieces);
    if (believed == 0) {
      journal.append(title);
    }
    return journal;
  }

  /// Returns how many bytes of the text are believed.
  private static long read(String text, String title, Map<Integer, Sha256> pieces) {
    if (!text.startsWith(title + "\n")) {
      return 0;
    }
    int at = title.length() + 1;
    for (int end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', at)) {
      var line = LINE.matcher(text.substring(at, end));
      if (!line.matches()) {
        return at;
      }
      pieces.put(Integer.parseInt(line.group(1)), new Sha256(line.group(2)));
      at = end + 1;
    }
    return at;
  }

  /// What was written down before this journal was opened.
  Map<Integer, Sha256> pieces() {
    return pieces;
  }

  void add(int piece, Sha256 hash) throws IOException {
    append(piece + " " + hash.digits());
  }

  private void append(String line) throws IOException {
    var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
