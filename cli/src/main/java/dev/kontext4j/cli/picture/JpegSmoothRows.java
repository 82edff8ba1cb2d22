package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Size;
import java.util.Arrays;

/// Smooth upsampling for components that have all columns but only every other row (4:4:0, which is
/// what a camera's 4:2:2 becomes when it is turned by 90 degrees without loss).
///
/// libjpeg-turbo interpolates them, the JDK's older libjpeg repeats each row. The stored rows can
/// be read back out of the repeated ones, so the interpolation is done here: three parts of the
/// nearer row, one of the farther. All other arrangements are upsampled alike by both libraries.
final class JpegSmoothRows {
  private final byte[] samples;
  private final int stride;
  private final int rows;
  private final int components;

  JpegSmoothRows(byte[] samples, Size size, int components) {
    this.samples = samples;
    this.stride = size.width() * components;
    this.rows = size.height();
    this.components = components;
  }

  /// Leaves alone what has not been made by repeating rows: some JDKs come with libjpeg-turbo.
  void smooth(int component) {
    if (!repeated(component)) {
      return;
    }
    byte[] before = row(0);
    byte[] here = row(0);
    for (int row = 0; row < rows; row += 2) {
      byte[] after = row + 2 < rows ? row(row + 2) : here;
      for (int i = component; i < stride; i += components) {
        int near = 3 * (here[i] & 0xff);
        samples[row * stride + i] = (byte) ((near + (before[i] & 0xff) + 1) >> 2);
        if (row + 1 < rows) {
          samples[(row + 1) * stride + i] = (byte) ((near + (after[i] & 0xff) + 2) >> 2);
        }
      }
      before = here;
      here = after;
    }
  }

  private byte[] row(int row) {
    return Arrays.copyOfRange(samples, row * stride, (row + 1) * stride);
  }

  private boolean repeated(int component) {
    for (int row = 0; row + 1 < rows; row += 2) {
      for (int i = row * stride + component; i < (row + 1) * stride; i += components) {
        if (samples[i] != samples[i + stride]) {
          return false;
        }
      }
    }
    return true;
  }
}
