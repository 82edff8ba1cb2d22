package dev.kontext4j.testkit.hub;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// What is given for a file, and how.
///
/// @param inRanges whether parts are given
/// @param shift by how many bytes another part is given than was asked for
/// @param until how many bytes are given before
/// @param drip each further byte takes so long, or, where this is nothing, the connection ends
/// @param silence before anything is said
record Gift(
    ByteBuffer content, boolean inRanges, int shift, int until, Duration drip, Duration silence) {

  static Gift of(byte[] bytes, Optional<Trouble> trouble) {
    var content = ByteBuffer.wrap(bytes);
    return switch (trouble.orElse(null)) {
      case Trouble.Cut(int after) -> whole(content).until(after, Duration.ZERO);
      case Trouble.Drip(int after, Duration pause) -> whole(content).until(after, pause);
      case Trouble.Silence(Duration howLong) ->
          new Gift(content, true, 0, Integer.MAX_VALUE, Duration.ZERO, howLong);
      case Trouble.WrongLength(int more) ->
          whole(ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + more)));
      case Trouble.WrongBytes _ -> whole(turned(bytes));
      case Trouble.WrongPart _ ->
          new Gift(content, true, 1, Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
      case Trouble.NoRanges _ ->
          new Gift(content, false, 0, Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
      case null, default -> whole(content);
    };
  }

  private static Gift whole(ByteBuffer content) {
    return new Gift(content, true, 0, Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
  }

  private Gift until(int bytes, Duration pause) {
    return new Gift(content, inRanges, shift, bytes, pause, silence);
  }

  private static ByteBuffer turned(byte[] content) {
    byte[] turned = content.clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] ^= 0x55;
    }
    return ByteBuffer.wrap(turned);
  }
}
