package dev.kontext4j.cli.picture;

import java.io.IOException;

/// What a JPEG picture's samples mean, and how they become RGB. The choice and the formulas are
/// libjpeg's; CMYK is taken as inverted and turned into RGB as Pillow does.
enum JpegColour {
  GREY {
    @Override
    byte[] toRgb(byte[] samples) {
      byte[] rgb = new byte[3 * samples.length];
      for (int i = 0; i < samples.length; i++) {
        rgb[3 * i] = samples[i];
        rgb[3 * i + 1] = samples[i];
        rgb[3 * i + 2] = samples[i];
      }
      return rgb;
    }
  },
  RGB {
    @Override
    byte[] toRgb(byte[] samples) {
      return samples;
    }
  },
  YCC {
    @Override
    byte[] toRgb(byte[] samples) {
      for (int i = 0; i < samples.length; i += 3) {
        int luma = samples[i] & 0xff;
        int cb = (samples[i + 1] & 0xff) - 128;
        int cr = (samples[i + 2] & 0xff) - 128;
        samples[i] = (byte) red(luma, cr);
        samples[i + 1] = (byte) green(luma, cb, cr);
        samples[i + 2] = (byte) blue(luma, cb);
      }
      return samples;
    }
  },
  CMYK {
    @Override
    byte[] toRgb(byte[] samples) {
      byte[] rgb = new byte[samples.length / 4 * 3];
      for (int in = 0, out = 0; in < samples.length; in += 4, out += 3) {
        int light = samples[in + 3] & 0xff;
        for (int c = 0; c < 3; c++) {
          rgb[out + c] = (byte) inked(light, 255 - (samples[in + c] & 0xff));
        }
      }
      return rgb;
    }
  },
  YCCK {
    @Override
    byte[] toRgb(byte[] samples) {
      byte[] rgb = new byte[samples.length / 4 * 3];
      for (int in = 0, out = 0; in < samples.length; in += 4, out += 3) {
        int luma = samples[in] & 0xff;
        int cb = (samples[in + 1] & 0xff) - 128;
        int cr = (samples[in + 2] & 0xff) - 128;
        int light = samples[in + 3] & 0xff;
        rgb[out] = (byte) inked(light, red(luma, cr));
        rgb[out + 1] = (byte) inked(light, green(luma, cb, cr));
        rgb[out + 2] = (byte) inked(light, blue(luma, cb));
      }
      return rgb;
    }
  };

  /// In place of the number in an Adobe segment, where there is none.
  static final int NO_ADOBE = -1;

  private static final int HALF = 1 << 15; // the factors below are scaled by 2^16

  /// Takes the samples over.
  abstract byte[] toRgb(byte[] samples);

  static JpegColour of(int[] componentIds, boolean jfif, int adobeTransform) throws IOException {
    return switch (componentIds.length) {
      case 1 -> GREY;
      case 3 -> {
        boolean lettered =
            componentIds[0] == 'R' && componentIds[1] == 'G' && componentIds[2] == 'B';
        boolean plain = adobeTransform == NO_ADOBE ? lettered : adobeTransform == 0;
        yield plain && !jfif ? RGB : YCC;
      }
      case 4 -> adobeTransform == NO_ADOBE || adobeTransform == 0 ? CMYK : YCCK;
      default ->
          throw new IOException(
              "is a JPEG of " + componentIds.length + " components; save it as RGB first");
    };
  }

  private static int red(int luma, int cr) {
    return Math.clamp(luma + ((91881 * cr + HALF) >> 16), 0, 255);
  }

  private static int green(int luma, int cb, int cr) {
    return Math.clamp(luma + ((-22554 * cb - 46802 * cr + HALF) >> 16), 0, 255);
  }

  private static int blue(int luma, int cb) {
    return Math.clamp(luma + ((116130 * cb + HALF) >> 16), 0, 255);
  }

  /// The light that black ink leaves, less the share that a coloured ink takes, rounded as Pillow
  /// does.
  private static int inked(int light, int ink) {
    int product = ink * light + 128;
    return Math.clamp(light - (((product >> 8) + product) >> 8), 0, 255);
  }
}
