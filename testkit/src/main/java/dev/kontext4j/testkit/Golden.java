package dev.kontext4j.testkit;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// One golden file of tensors; `goldens/index.json` says what each holds.
public final class Golden implements AutoCloseable {
  private final Checkpoint file;

  private Golden(Checkpoint file) {
    this.file = file;
  }

  /// Opens `NAME.safetensors`.
  public static Golden open(String name) {
    return new Golden(Checkpoint.open(GoldenFiles.path(name + ".safetensors")));
  }

  public boolean has(String name) {
    return file.find(name).isPresent();
  }

  /// A tensor on the device under test, in the innermost open scope.
  public Tensor tensor(String name) {
    return file.tensor(name).to(TestDevice.get());
  }

  public float[] floats(String name) {
    return file.tensor(name).toFloats();
  }

  /// The rows of a matrix of token ids.
  public List<long[]> ids(String name) {
    var tensor = file.tensor(name);
    int length = Math.toIntExact(tensor.size(1));
    var longs = ByteBuffer.wrap(tensor.toBytes()).order(ByteOrder.nativeOrder()).asLongBuffer();
    var rows = new ArrayList<long[]>();
    while (longs.hasRemaining()) {
      var row = new long[length];
      longs.get(row);
      rows.add(row);
    }
    return rows;
  }

  @Override
  public void close() {
    file.close();
  }
}
