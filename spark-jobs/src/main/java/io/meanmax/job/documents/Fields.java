package io.meanmax.job.documents;

/** Documents from named fields: what CSV, JSON and tables have in common. */
final class Fields {
  private Fields() {}

  /**
   * A document from the texts of its fields, each null where the row has none.
   *
   * @param id the row's own id
   * @param weight text of a number of at least 0, or null for 1
   */
  static Parsed document(String id, String label, String text, String weight) {
    String name = label == null ? null : label.strip();
    if (weight == null || weight.isBlank()) {
      return Parsed.document(id, name, text, 1);
    }
    double value;
    try {
      value = Double.parseDouble(weight.strip());
    } catch (NumberFormatException e) {
      return badWeight(weight);
    }
    return value >= 0 && value <= Float.MAX_VALUE
        ? Parsed.document(id, name, text, value)
        : badWeight(weight);
  }

  private static Parsed badWeight(String weight) {
    return Parsed.rejected("weight '" + weight + "' is not a number of at least 0");
  }
}
