package dev.kontext4j.cli.failure;

import picocli.CommandLine;

/// What the process says to its caller.
public enum ExitCode {
  DONE(CommandLine.ExitCode.OK),
  /// Something went wrong while running.
  FAILED(1),
  /// The command was called in a wrong way.
  USAGE(CommandLine.ExitCode.USAGE),
  /// A picture, or another input, is refused.
  INPUT(3),
  /// A model is missing or damaged.
  MODEL(4),
  /// Not enough memory, or no usable device.
  MEMORY(5);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
