package dev.kontext4j.cli;

import dev.kontext4j.sampler.fast.Fast;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// What may be computed less exactly, to be faster.
final class SpeedOptions {
  @Option(
      names = "--fast",
      paramLabel = "KIND[=N][,...]",
      defaultValue = "none",
      converter = Reader.class,
      description =
          "Take from earlier steps what has hardly changed, instead of computing it: whole steps by"
              + " first-block[=THRESHOLD] (0.08, at most 0.2) or teacache[=THRESHOLD] (0.22, at most"
              + " 0.4), the pictures that go in by references[=STEPS] (2, at most 3), or one of the"
              + " former with the latter. The result is not quite that of every step, and says so in"
              + " its recipe (default: ${DEFAULT-VALUE}).")
  private Fast fast = Fast.EXACT;

  Fast fast() {
    return fast;
  }

  /// Reads them from the command line.
  static final class Reader implements ITypeConverter<Fast> {
    @Override
    public Fast convert(String text) {
      try {
        return Fast.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
