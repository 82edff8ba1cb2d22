package dev.kontext4j.sampler.preview;

/// The latent of a picture: channels x rows x columns, row by row.
public final class Latent {
  private final int channels;
  private final int rows;
  private final int columns;
  private final float[] values;

  /// Takes the array over; nobody may write to it afterwards.
  public Latent(int channels, int rows, int columns, float[] values) {
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  public int channels() {
    return channels;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  int places() {
    return rows * columns;
  }

  float value(int channel, int place) {
    return values[channel * places() + place];
  }
}
