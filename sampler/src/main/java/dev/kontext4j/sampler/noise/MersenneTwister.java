package dev.kontext4j.sampler.noise;

/// MT19937 of Matsumoto and Nishimura, seeded with 32 bits as PyTorch does it.
final class MersenneTwister {
  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int next = N;

  MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  int next32() {
    if (next == N) {
      refill();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /// 53 random bits as a number in [0, 1), the high word drawn first.
  double nextDouble() {
    long high = Integer.toUnsignedLong(next32());
    long low = Integer.toUnsignedLong(next32());
    return (((high << 32) | low) & ((1L << 53) - 1)) * 0x1p-53;
  }

  private void refill() {
    for (int i = 0; i < N - M; i++) {
      state[i] = state[i + M] ^ twist(state[i], state[i + 1]);
    }
    for (int i = N - M; i < N - 1; i++) {
      state[i] = state[i + M - N] ^ twist(state[i], state[i + 1]);
    }
    state[N - 1] = state[M - 1] ^ twist(state[N - 1], state[0]);
    next = 0;
  }

  private static int twist(int u, int v) {
    int mixed = (u & 0x80000000) | (v & 0x7fffffff);
    return (mixed >>> 1) ^ ((v & 1) == 0 ? 0 : 0x9908b0df);
  }
}
