package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/// The level of libtorch's own log, an exported variable of libc10.
///
/// libtorch prints every failed call there with a stack trace; nobody who edits a picture should
/// see one, so the log is silent except while a failure's reason is being asked for.
record TorchLog(Optional<MemorySegment> level) {
  private static final int ERRORS = 2;
  private static final int SILENT = 3;

  static TorchLog of(SymbolLookup library) {
    return new TorchLog(
        library
            .find("FLAGS_caffe2_log_level")
            .map(symbol -> CLibrary.reinterpret(symbol, Integer.BYTES)));
  }

  void speak() {
    set(ERRORS);
  }

  void silence() {
    set(SILENT);
  }

  private void set(int value) {
    level.ifPresent(variable -> variable.set(JAVA_INT, 0, value));
  }
}
