package dev.kontext4j.sampler.preview;

/// A linear map from n numbers to m, as near as one can be to given examples.
final class LeastSquares {
  /// Keeps the solution small where the examples say nothing.
  private static final double RIDGE = 1e-3;

  private final int n;
  private final double[][] products; // n x n: sums of x x'
  private final double[][] targets; // n x m: sums of x y'
  private int examples;

  LeastSquares(int n, int m) {
    this.n = n;
    products = new double[n][n];
    targets = new double[n][m];
  }

  void add(double[] x, double[] y) {
    examples++;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] += x[i] * x[j];
      }
      for (int k = 0; k < y.length; k++) {
        targets[i][k] += x[i] * y[k];
      }
    }
  }

  /// The map, n x m, by Cholesky's method: products = L L', then L z = targets, then L' map = z.
  double[][] solve() {
    double[][] root = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = products[i][j] + (i == j ? RIDGE * examples : 0);
        for (int k = 0; k < j; k++) {
          rest -= root[i][k] * root[j][k];
        }
        root[i][j] = i == j ? Math.sqrt(rest) : rest / root[j][j];
      }
    }
    var map = new double[n][];
    for (int i = 0; i < n; i++) {
      map[i] = targets[i].clone();
      for (int k = 0; k < i; k++) {
        subtract(map[i], root[i][k], map[k]);
      }
      divide(map[i], root[i][i]);
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        subtract(map[i], root[k][i], map[k]);
      }
      divide(map[i], root[i][i]);
    }
    return map;
  }

  private static void subtract(double[] row, double factor, double[] other) {
    for (int k = 0; k < row.length; k++) {
      row[k] -= factor * other[k];
    }
  }

  private static void divide(double[] row, double by) {
    for (int k = 0; k < row.length; k++) {
      row[k] /= by;
    }
  }
}
