package dev.kontext4j.cli.source;

import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.sampler.picture.PictureException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where a picture comes from, as a command line names it.
public sealed interface PictureSource {
  /// What to call the picture in a message.
  String name();

  /// What to call the picture where others may read it: without the folders of this machine.
  String label();

  /// The beginning of a name for what is made of it.
  String stem();

  /// The file's content.
  byte[] read();

  /// What a command line names: `-`, a web address or a file.
  ///
  /// @param localUrls whether addresses in this network may be asked
  static PictureSource of(String argument, boolean localUrls) {
    if (argument.equals("-")) {
      return new StandardInput();
    }
    return WebAddress.PATTERN.matcher(argument).lookingAt()
        ? new WebAddress(argument, localUrls)
        : new LocalFile(Path.of(argument));
  }

  /// A file on this machine.
  record LocalFile(Path path) implements PictureSource {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public String label() {
      return String.valueOf(path.getFileName());
    }

    @Override
    public String stem() {
      return withoutSuffix(label());
    }

    @Override
    public byte[] read() {
      return PictureReader.bytes(path);
    }
  }

  /// What another program writes into this one.
  record StandardInput() implements PictureSource {
    @Override
    public String name() {
      return "standard input";
    }

    @Override
    public String label() {
      return name();
    }

    @Override
    public String stem() {
      return "picture";
    }

    @Override
    public byte[] read() {
      try {
        return PictureReader.bytes(name(), System.in);
      } catch (IOException e) {
        throw new PictureException(name() + " cannot be read: " + e.getMessage(), e);
      }
    }
  }

  /// A picture on the web.
  record WebAddress(String name, boolean localUrls) implements PictureSource {
    private static final int LONGEST_STEM = 80;

    /// What a server's name should not bring into a file's.
    private static final Pattern UNFIT = Pattern.compile("[^\\p{L}\\p{N}._-]");

    static final Pattern PATTERN = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

    /// Without a query, which may be a key to a door.
    @Override
    public String label() {
      return name.split("[?#]", 2)[0];
    }

    @Override
    public String stem() {
      String path = String.valueOf(uri().getPath());
      String last = withoutSuffix(path.substring(path.lastIndexOf('/') + 1));
      String stem = UNFIT.matcher(last).replaceAll("_");
      return stem.isBlank() ? "picture" : stem.substring(0, Math.min(LONGEST_STEM, stem.length()));
    }

    @Override
    public byte[] read() {
      return new Download(AddressRule.of(localUrls)).fetch(uri());
    }

    private URI uri() {
      try {
        return URI.create(name);
      } catch (IllegalArgumentException e) {
        throw new PictureException(name + " is no web address (" + e.getMessage() + ")", e);
      }
    }
  }

  private static String withoutSuffix(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
