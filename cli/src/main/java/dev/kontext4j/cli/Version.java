package dev.kontext4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The versions of this build and of what it was built with, as the build wrote them down.
final class Version implements IVersionProvider {
  private static final String FILE = "version.properties";

  /// Read once: picocli asks for the version of every command, at each start.
  private static final Properties VERSIONS = read();

  /// That of kontext4j.
  static String number() {
    return VERSIONS.getProperty("kontext4j");
  }

  @Override
  public String[] getVersion() {
    String commit = VERSIONS.getProperty("commit");
    return new String[] {
      "kontext4j " + number() + (commit.isEmpty() ? "" : " (" + commit + ")"),
      "libtorch "
          + VERSIONS.getProperty("libtorch")
          + " bundled, Java "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }

  private static Properties read() {
    var properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(FILE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " is part of every build", e);
    }
    return properties;
  }
}
