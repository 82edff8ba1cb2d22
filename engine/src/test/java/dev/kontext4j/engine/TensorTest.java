package dev.kontext4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorTest {
  private final Scope scope = Scope.open();
  private final long liveBefore = Scope.liveTensors();

  @BeforeEach
  void nothingIsLeftOver() {
    assertEquals(0, liveBefore);
  }

  @AfterEach
  void freesEverything() {
    scope.close();
    assertEquals(0, Scope.liveTensors());
  }

  @Test
  void addsMultipliesAndScales() {
    var a = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    var b = Tensor.of(new float[] {10, 20}, 2);
    assertArrayEquals(new float[] {11, 22, 13, 24}, a.add(b).toFloats());
    assertArrayEquals(new float[] {-9, -18, -7, -16}, a.sub(b).toFloats());
    assertArrayEquals(new float[] {10, 40, 30, 80}, a.mul(b).toFloats());
    assertArrayEquals(new float[] {2.5f, 5, 7.5f, 10}, a.mul(2.5).toFloats());
    assertArrayEquals(new float[] {1.5f, 2.5f, 3.5f, 4.5f}, a.add(0.5).toFloats());
  }

  @Test
  void numbersDoNotChangeTheElementType() {
    var a = Tensor.of(new float[] {1, 2}, 2).to(DType.BF16);
    assertEquals(DType.BF16, a.mul(0.1).dtype());
    assertEquals(DType.BF16, a.add(0.1).dtype());
  }

  @Test
  void multipliesMatrices() {
    var x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    var w = Tensor.of(new float[] {1, 0, 0, 0, 1, 1}, 2, 3);
    var bias = Tensor.of(new float[] {100, 200}, 2);
    assertArrayEquals(new float[] {1, 5, 4, 11}, x.linear(w, null).toFloats());
    assertArrayEquals(new float[] {101, 205, 104, 211}, x.linear(w, bias).toFloats());
    assertArrayEquals(new float[] {1, 5, 4, 11}, x.matmul(w.transpose(0, 1)).toFloats());
  }

  @Test
  void normalises() {
    var x = Tensor.of(new float[] {1, 3}, 1, 2);
    assertArrayEquals(new float[] {-1, 1}, x.layerNorm(null, null, 0).toFloats(), 1e-6f);
    float rms = (float) Math.sqrt(5);
    assertArrayEquals(new float[] {1 / rms, 3 / rms}, x.rmsNorm(null, 0).toFloats(), 1e-6f);
    assertArrayEquals(new float[] {2}, x.mean(-1).toFloats());
    assertArrayEquals(new float[] {0.5f}, Tensor.of(new float[] {4}, 1).rsqrt().toFloats());
  }

  @Test
  void activates() {
    var x = Tensor.of(new float[] {1}, 1);
    assertEquals(0.8413447f, x.gelu().toFloats()[0], 1e-6f);
    assertEquals(0.8411920f, x.geluTanh().toFloats()[0], 1e-6f);
    assertEquals(0.7310586f, x.silu().toFloats()[0], 1e-6f);
    assertEquals(0.7310586f, x.sigmoid().toFloats()[0], 1e-6f);
    assertArrayEquals(new float[] {1}, x.softmax(-1).toFloats());
  }

  @Test
  void laysAnActivationBesideATensor() {
    var x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    var y = Tensor.of(new float[] {-1, 0.5f}, 2, 1);
    assertArrayEquals(
        Tensor.cat(List.of(x, y.geluTanh()), -1).toFloats(), x.besideGeluTanh(y).toFloats());
  }

  @Test
  void attendsAsTheFormulaSays() {
    var q = Tensor.of(new float[] {1, 0, 0, 1}, 1, 1, 2, 2);
    var weights = q.matmul(q.transpose(2, 3)).mul(0.5).softmax(-1);
    assertArrayEquals(weights.matmul(q).toFloats(), q.attend(q, q, null, 0.5).toFloats(), 1e-6f);
  }

  @Test
  void convolves() {
    var x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);
    var w = Tensor.of(new float[] {1, 1, 1, 1}, 1, 1, 2, 2);
    assertArrayEquals(new float[] {10}, x.conv2d(w, null, 1, 0).toFloats());
    assertArrayEquals(new long[] {1, 1, 4, 4}, x.upsample2x().shape());
    assertArrayEquals(new float[] {1, 2, 0, 3, 4, 0, 0, 0, 0}, x.padRightBelow(1).toFloats());
    var norm = Tensor.of(new float[] {1}, 1);
    assertEquals(4, x.groupNorm(1, norm, norm, 1e-6).toFloats().length);
  }

  @Test
  void reshapes() {
    var x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, x.permute(1, 0).toFloats());
    assertArrayEquals(new float[] {2, 3, 5, 6}, x.narrow(1, 1, 2).toFloats());
    assertArrayEquals(new long[] {3, 2}, x.reshape(3, -1).shape());
    assertArrayEquals(new float[] {3, 6}, x.chunk(3, -1).getLast().toFloats());
    assertArrayEquals(new long[] {2, 1, 3}, x.unsqueeze(1).shape());
    assertArrayEquals(new long[] {4, 2, 3}, x.expand(4, 2, 3).shape());
    assertArrayEquals(new long[] {4, 3}, Tensor.cat(List.of(x, x), 0).shape());
    assertArrayEquals(new float[] {4, 5, 6}, x.rows(Tensor.of(new long[] {1}, 1)).toFloats());
  }

  @Test
  void knowsItsTypeAndDevice() {
    var x = Tensor.of(new float[] {1.00390620f}, 1);
    assertEquals(Device.CPU, x.device());
    for (DType dtype : DType.values()) {
      assertEquals(dtype, x.to(dtype).dtype());
    }
    assertArrayEquals(new float[] {1}, x.to(DType.BF16).toFloats());
    assertArrayEquals(new byte[] {(byte) 0x80, 0x3f}, x.to(DType.BF16).toBytes());
    assertEquals(1f, Tensor.ofBytes(DType.BF16, new byte[] {(byte) 0x80, 0x3f}, 1).toFloats()[0]);
  }

  @Test
  void aFailedCallNamesOperationShapesAndReason() {
    var a = Tensor.of(new float[6], 2, 3);
    var b = Tensor.of(new float[4], 2, 2);
    var matmul = assertThrows(NativeCallException.class, () -> a.matmul(b));
    assertTrue(
        matmul.getMessage().startsWith("matmul(f32[2, 3], f32[2, 2]) failed: mat1 and mat2"),
        matmul.getMessage());
    var add = assertThrows(NativeCallException.class, () -> a.add(b));
    assertTrue(
        add.getMessage().startsWith("add(f32[2, 3], f32[2, 2]) failed: The size of tensor a (3)"),
        add.getMessage());
    assertTrue(!add.getMessage().contains("frame #"), add.getMessage());
  }

  @Test
  void tooMuchMemoryIsSaidAsSuch() {
    var a = Tensor.of(new float[] {1}, 1);
    var e = assertThrows(DeviceException.class, () -> a.expand(1L << 45).contiguous());
    assertTrue(e.getMessage().startsWith("Not enough memory for contiguous("), e.getMessage());
  }

  @Test
  void refusesValuesThatDoNotFillTheShape() {
    assertThrows(ShapeException.class, () -> Tensor.of(new float[3], 2, 2));
  }
}
