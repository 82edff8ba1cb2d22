package dev.kontext4j.engine.internal.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void keepsTheReasonAndDropsTheTrace() {
    String log =
        """
        [E1120 14:00:00.123 shim_common.cpp:1234] Exception in aoti_torch: mat1 and mat2 do not fit
          (2x3 and 2x2)
        Exception raised from meta at /build/aten/src/ATen/native/LinearAlgebra.cpp:211 (most recent call first):
        frame #0: c10::Error::Error(c10::SourceLocation, std::string) + 0x80 (0x7f in libc10.so)
        """;
    assertEquals("mat1 and mat2 do not fit (2x3 and 2x2)", FailureText.firstWords(log));
  }

  @Test
  void saysSoWhenThereIsNone() {
    assertEquals("libtorch gave no reason", FailureText.firstWords("  \n"));
  }
}
