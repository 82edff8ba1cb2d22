package dev.kontext4j.engine.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A SHA-256 in small hexadecimal digits.
public record Sha256(String digits) {

  /// How digits look.
  public static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private static final int BUFFER = 1 << 20;

  /// The hash of some bytes.
  public static Sha256 of(byte[] content) {
    return ofDigest(digest().digest(content));
  }

  /// The hash of a file, however large.
  public static Sha256 of(Path file) throws IOException {
    var running = new Running();
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        running.add(ByteBuffer.wrap(buffer, 0, n));
      }
    }
    return running.end();
  }

  /// The hash of bytes that come one after the other.
  public static final class Running {
    private final MessageDigest digest;

    /// The hash of nothing yet.
    public Running() {
      digest = digest();
    }

    /// Takes what remains of a buffer.
    public void add(ByteBuffer bytes) {
      digest.update(bytes);
    }

    /// The hash of everything that was added. What is added from now on begins another.
    public Sha256 end() {
      return ofDigest(digest.digest());
    }
  }

  private static Sha256 ofDigest(byte[] digest) {
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
