package dev.kontext4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The versions of this build and of what it was built with, as the build wrote them down.
final class Version implements IVersionProvider {
  private static final String FILE = "version.properties";

  /// That of kontext4j.
  static String number() {
    return properties().getProperty("kontext4j");
  }

  @Override
  public String[] getVersion() {
    var versions = properties();
    String commit = versions.getProperty("commit");
    return new String[] {
      "kontext4j "
          + versions.getProperty("kontext4j")
          + (commit.isEmpty() ? "" : " (" + commit + ")"),
      "libtorch %s bundled, Java %s, %s %s"
          .formatted(
              versions.getProperty("libtorch"),
              Runtime.version(),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }

  private static Properties properties() {
    var properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(FILE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " is part of every build", e);
    }
    return properties;
  }
}
