package io.meanmax.job.generate;

import java.util.Arrays;
import java.util.Random;

/**
 * The ages of users, 10 to 77, strongly skewed as in the source article: log-normal above the age
 * of 9, most of them in their twenties, few old.
 */
final class Ages {
  static final int YOUNGEST = 10;
  static final int OLDEST = 77;

  private static final double MEDIAN_YEARS_ABOVE_NINE = 17;
  private static final double SIGMA = 0.5;

  private static final double[] CUMULATIVE = cumulative();

  private Ages() {}

  private static double[] cumulative() {
    double[] sums = new double[OLDEST - YOUNGEST + 1];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      double years = i + 1;
      double z = Math.log(years / MEDIAN_YEARS_ABOVE_NINE) / SIGMA;
      sum += Math.exp(-z * z / 2) / years;
      sums[i] = sum;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= sum;
    }
    return sums;
  }

  static int draw(Random random) {
    int found = Arrays.binarySearch(CUMULATIVE, random.nextDouble());
    return YOUNGEST + Math.min(CUMULATIVE.length - 1, found < 0 ? -found - 1 : found);
  }
}
