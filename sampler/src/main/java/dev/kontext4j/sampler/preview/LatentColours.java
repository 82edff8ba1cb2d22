package dev.kontext4j.sampler.preview;

import dev.kontext4j.sampler.picture.Picture;

/// Latents as colours, cheaply: to each place of a latent belongs a square of pixels, and their
/// mean colour is nearly a linear function of the latent's channels there. The function is found by
/// least squares from pictures whose latents are known, so it fits whatever VAE made them.
public final class LatentColours {
  private static final int COLOURS = 3;

  private final double[][] map; // channels + 1 (a constant) x 3, colours in 0 to 255

  private LatentColours(double[][] map) {
    this.map = map;
  }

  /// Collects pictures with their latents.
  public static final class Fit {
    private final LeastSquares squares;
    private final int channels;

    public Fit(int channels) {
      this.channels = channels;
      squares = new LeastSquares(channels + 1, COLOURS);
    }

    public Fit add(Latent latent, Picture picture) {
      int side = picture.width() / latent.columns();
      var colour = new double[COLOURS];
      for (int place = 0; place < latent.places(); place++) {
        int left = place % latent.columns() * side;
        int top = place / latent.columns() * side;
        for (int channel = 0; channel < COLOURS; channel++) {
          colour[channel] = mean(picture, left, top, side, channel);
        }
        squares.add(numbers(latent, place, channels), colour);
      }
      return this;
    }

    public LatentColours solve() {
      return new LatentColours(squares.solve());
    }
  }

  private static double mean(Picture picture, int left, int top, int side, int channel) {
    int sum = 0;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        sum += picture.value(x, y, channel);
      }
    }
    return (double) sum / (side * side);
  }

  private static double[] numbers(Latent latent, int place, int channels) {
    var numbers = new double[channels + 1];
    for (int channel = 0; channel < channels; channel++) {
      numbers[channel] = latent.value(channel, place);
    }
    numbers[channels] = 1;
    return numbers;
  }

  /// A pixel for each place of a latent.
  public Picture picture(Latent latent) {
    var rgb = new byte[COLOURS * latent.places()];
    for (int place = 0; place < latent.places(); place++) {
      double[] numbers = numbers(latent, place, map.length - 1);
      for (int channel = 0; channel < COLOURS; channel++) {
        double value = 0;
        for (int i = 0; i < numbers.length; i++) {
          value += numbers[i] * map[i][channel];
        }
        rgb[COLOURS * place + channel] = (byte) Math.round(Math.clamp(value, 0, 255));
      }
    }
    return new Picture(latent.columns(), latent.rows(), rgb);
  }
}
