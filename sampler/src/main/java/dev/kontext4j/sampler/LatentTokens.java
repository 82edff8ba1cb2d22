package dev.kontext4j.sampler;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;

/// Latents as the transformer sees them: every 2 x 2 patch is a token with four times the channels.
final class LatentTokens {
  static final int PATCH = 2;

  private LatentTokens() {}

  /// (B, C, 2 rows, 2 columns) to (B, rows x columns, 4 C)
  static Tensor pack(Tensor latent) {
    long b = latent.size(0);
    long c = latent.size(1);
    long rows = latent.size(2) / PATCH;
    long columns = latent.size(3) / PATCH;
    return Scope.tidy(() ->
        latent
            .reshape(b, c, rows, PATCH, columns, PATCH)
            .permute(0, 2, 4, 1, 3, 5) // (B, rows, columns, C, 2, 2)
            .reshape(b, rows * columns, c * PATCH * PATCH));
  }

  /// (B, rows x columns, 4 C) to (B, C, 2 rows, 2 columns)
  static Tensor unpack(Tensor tokens, Grid grid) {
    long b = tokens.size(0);
    long c = tokens.size(2) / (PATCH * PATCH);
    return Scope.tidy(() ->
        tokens
            .reshape(b, grid.rows(), grid.columns(), c, PATCH, PATCH)
            .permute(0, 3, 1, 4, 2, 5) // (B, C, rows, 2, columns, 2)
            .reshape(b, c, (long) grid.rows() * PATCH, (long) grid.columns() * PATCH));
  }
}
