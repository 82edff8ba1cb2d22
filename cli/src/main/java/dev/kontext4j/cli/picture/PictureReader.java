package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.PictureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads PNG, JPEG and WebP into upright 8-bit RGB with Pillow's results:
/// `ImageOps.exif_transpose`, then `convert("RGB")`. Two things differ on purpose: 16-bit grey is
/// read as its high byte, and transparency may be laid over white. Colour profiles are ignored, of
/// animations the first frame is taken.
///
/// Whatever is wrong with a file ends in a {@link PictureException} of one line that begins with
/// its name.
public final class PictureReader {
  private static final int MAX_FILE_BYTES = 512 << 20;

  private final AlphaMode alpha;
  private final PictureLimits limits;

  public PictureReader(AlphaMode alpha) {
    this(alpha, PictureLimits.DEFAULT);
  }

  public PictureReader(AlphaMode alpha, PictureLimits limits) {
    this.alpha = alpha;
    this.limits = limits;
  }

  public Picture read(Path file) {
    return read(file.toString(), bytes(file));
  }

  /// The content of a picture's file.
  public static byte[] bytes(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new PictureException(name + " is a folder; name a picture file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return bytes(name, in);
    } catch (NoSuchFileException e) {
      throw new PictureException(name + " does not exist; check the path", e);
    } catch (IOException e) {
      throw new PictureException(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// What a stream has, after making sure by the first bytes that it is a picture.
  ///
  /// @param name what to call the picture in a message
  public static byte[] bytes(String name, InputStream in) throws IOException {
    byte[] head = in.readNBytes(PictureFormat.HEAD);
    PictureFormat.of(head).requireReadable(name);
    byte[] rest = in.readNBytes(MAX_FILE_BYTES + 1);
    if (rest.length > MAX_FILE_BYTES) {
      throw new PictureException(
          name + " is larger than " + (MAX_FILE_BYTES >> 20) + " MB; make it smaller first");
    }
    byte[] all = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }

  /// The picture in a file's bytes.
  ///
  /// @param name what to call the picture in a message
  public Picture read(String name, byte[] bytes) {
    try {
      PictureFile file = PictureFile.of(name, bytes);
      limits.check(file.size());
      return file.metadata().orientation().upright(file.decode(alpha));
    } catch (IOException e) {
      throw new PictureException(name + " " + e.getMessage(), e);
    }
  }
}
