package io.meanmax.benchmark;

/**
 * Makes labels of the ages, 10 to 77, of the generated corpus.
 *
 * <p>Ten labels are ten bands of ages. 105 labels are the 68 ages with the youngest 37, who write
 * most, each split in two by whether the document's number is even: which half it is cannot be
 * learnt, so accuracy is about half that of the ages, for every system alike. 68 labels are the
 * ages.
 */
record AgeLabels(int labels) {
  private static final int YOUNGEST = 10;
  private static final int AGES = 68;
  private static final int BANDS = 10;
  private static final int SPLIT = 105;

  AgeLabels {
    if (labels != BANDS && labels != AGES && labels != SPLIT) {
      throw new IllegalArgumentException(
          "The generated corpus has 10, 68 or 105 labels; found " + labels);
    }
  }

  String of(int age, int number) {
    int place = age - YOUNGEST;
    return switch (labels) {
      case BANDS -> "band" + place * BANDS / AGES;
      case SPLIT -> place < SPLIT - AGES ? age + (number % 2 == 0 ? "even" : "odd") : "" + age;
      default -> "" + age;
    };
  }
}
