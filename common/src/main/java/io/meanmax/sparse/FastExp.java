package io.meanmax.sparse;

/**
 * exp in single precision: exp(x) = 2ⁿ·exp(r) with n = round(x/ln 2), r = x − n·ln 2 in two parts,
 * and a polynomial of degree 6 for exp(r), |r| ≤ ½ ln 2 (Cephes' expf, S. Moshier). Relative error
 * below 2e-7 from −87.3 to 88.3; results below 2⁻¹²⁶ are 0, and above that range exp stays at its
 * end, finite.
 */
final class FastExp {
  static final float SMALLEST = -87.33654f;
  static final float LARGEST = 88.37626f;
  static final float LOG2_E = 1.442695f;
  static final float LN2_HIGH = 0.6933594f;
  static final float LN2_LOW = -2.1219444E-4f;

  /** Adding and subtracting it rounds to the nearest whole number: 1.5·2²³. */
  static final float ROUND = 1.2582912E7f;

  static final float C0 = 1.9875691E-4f;
  static final float C1 = 0.0013981999f;
  static final float C2 = 0.008333452f;
  static final float C3 = 0.041665796f;
  static final float C4 = 0.16666666f;
  static final float C5 = 0.5f;

  private FastExp() {}

  static float exp(float x) {
    if (!(x >= SMALLEST)) {
      return Float.isNaN(x) ? x : 0;
    }
    float bounded = Math.min(x, LARGEST);
    float n = (bounded * LOG2_E + ROUND) - ROUND;
    float r = bounded - n * LN2_HIGH - n * LN2_LOW;
    float p = ((((C0 * r + C1) * r + C2) * r + C3) * r + C4) * r + C5;
    float fraction = p * r * r + r + 1;
    return fraction * Float.intBitsToFloat(((int) n + 127) << 23);
  }

  /** tanh(x) = 1 − 2/(exp(2x) + 1); absolute error below 2e-7. */
  static float tanh(float x) {
    return 1 - 2 / (exp(2 * x) + 1);
  }
}
