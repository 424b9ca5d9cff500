package io.meanmax.metric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Precision, recall and F1 averaged over classes in three ways, as scikit-learn does with {@code
 * zero_division=0}.
 *
 * <p>Macro averages run over the classes that occur: those with at least one row or at least one
 * prediction. A class that is only predicted counts with zeros; one that is neither is left out.
 * Every label unseen in training is a class with zeros of its own, so that it lowers the macro and
 * the weighted figures as well as the micro ones.
 *
 * @param micro from the counts of all classes together; for single-label data each of its three
 *     figures is the accuracy, because each row has one true and one predicted label
 * @param macro the plain mean over the classes that occur
 * @param weighted the mean weighted by support; its recall is the accuracy
 */
public record Averages(
    @JsonProperty("micro") Average micro,
    @JsonProperty("macro") Average macro,
    @JsonProperty("weighted") Average weighted) {

  /** Three averaged figures, each in {@code [0, 1]}; all 0 without rows. */
  public record Average(
      @JsonProperty("precision") double precision,
      @JsonProperty("recall") double recall,
      @JsonProperty("f1") double f1) {}

  static Averages of(List<ClassTally> tallies) {
    List<ClassTally> occurring = tallies.stream().filter(ClassTally::occurs).toList();
    return new Averages(micro(occurring), macro(occurring), weighted(occurring));
  }

  private static Average micro(List<ClassTally> tallies) {
    long hits = 0;
    long support = 0;
    long predicted = 0;
    for (ClassTally tally : tallies) {
      hits += tally.hits();
      support += tally.support();
      predicted += tally.predicted();
    }
    ClassTally all = new ClassTally(hits, support, predicted);
    return new Average(all.precision(), all.recall(), all.f1());
  }

  private static Average macro(List<ClassTally> tallies) {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    for (ClassTally tally : tallies) {
      precision += tally.precision();
      recall += tally.recall();
      f1 += tally.f1();
    }
    int classes = Math.max(1, tallies.size());
    return new Average(precision / classes, recall / classes, f1 / classes);
  }

  private static Average weighted(List<ClassTally> tallies) {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    long support = 0;
    for (ClassTally tally : tallies) {
      precision += tally.support() * tally.precision();
      // support · recall, without the detour through a division.
      recall += tally.hits();
      f1 += tally.support() * tally.f1();
      support += tally.support();
    }
    long rows = Math.max(1, support);
    return new Average(precision / rows, recall / rows, f1 / rows);
  }
}
