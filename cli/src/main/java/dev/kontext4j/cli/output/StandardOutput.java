package dev.kontext4j.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/// The program that reads what this one writes.
public record StandardOutput(OutputStream out) implements Destination {

  /// That of this process. Not `System.out`, which keeps its failures to itself.
  public static StandardOutput ofProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void require() {
    // whether anyone reads shows when it is written
  }

  @Override
  public Optional<Path> write(byte[] encoded) throws IOException {
    out.write(encoded);
    out.flush();
    return Optional.empty();
  }

  @Override
  public String name() {
    return "standard output";
  }
}
