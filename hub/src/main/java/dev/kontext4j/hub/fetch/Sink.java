package dev.kontext4j.hub.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Takes the bytes of an answer as they come.
interface Sink {
  /// The answer begins.
  ///
  /// @return whether its bytes are wanted
  boolean begins(Arrival arrival);

  /// Takes what remains in a buffer.
  ///
  /// @return whether more is wanted
  boolean take(ByteBuffer bytes) throws IOException;

  /// For who wants to know only how an answer begins.
  Sink HEAD_ONLY =
      new Sink() {
        @Override
        public boolean begins(Arrival arrival) {
          return false;
        }

        @Override
        public boolean take(ByteBuffer bytes) {
          return false;
        }
      };
}
