package io.meanmax.metric;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Counts what a single-label classifier got right, row by row: fill one in each partition, merge
 * them, take the result.
 *
 * <p>However the rows are split, and in whatever order or tree shape the parts are merged, the
 * result is the same to the last bit: everything inside is an integer count, or a sum of numbers
 * rounded to multiples of 2<sup>-24</sup> (log-loss and confidence), which is why the mean log-loss
 * is exact to 3e-8 only. Only label pairs that occur take memory. Labels are ids from 0 to {@code
 * classes - 1}; equal probabilities rank by the lower id. A row that is refused with an exception
 * leaves the counts as they were. Not thread-safe.
 */
public final class ClassificationAccumulator implements Serializable {

  /** The name under which rows with a negative label id are reported. */
  public static final String UNNAMED = "(unnamed)";

  /** The k of P@k and R@k that MeanMax reports. */
  public static final List<Integer> CUTOFFS = List.of(1, 3, 5);

  private final int classes;
  private final RankCounts ranks;
  private final ConfusionMatrix confusion = new ConfusionMatrix();
  private final LogLoss logLoss = new LogLoss();
  private final Calibration calibration = new Calibration();

  /**
   * An empty accumulator.
   *
   * @param classes the number of classes the model knows, at least 2
   * @param cutoffs the k for which P@k and R@k are wanted, each at least 1; order and repetition do
   *     not matter, and top-3 accuracy is counted in any case
   * @throws IllegalArgumentException if a value is out of range
   */
  public ClassificationAccumulator(int classes, List<Integer> cutoffs) {
    if (classes < 2) {
      throw new IllegalArgumentException("Metrics need at least 2 classes, found " + classes);
    }
    this.classes = classes;
    this.ranks = new RankCounts(classes, cutoffs);
  }

  /**
   * Adds a row.
   *
   * @param trueLabel the id of its label; a negative one is a label unseen in training, reported as
   *     {@value #UNNAMED}
   * @param probabilities {@code [classes]}, each in {@code [0, 1]}
   * @throws IllegalArgumentException if the label id or a probability is out of range or NaN, or
   *     the length is not the number of classes
   */
  public void add(int trueLabel, float[] probabilities) {
    if (trueLabel < 0) {
      addUnseen(UNNAMED, probabilities);
    } else {
      int label = checked(trueLabel);
      count(label, Outcome.ofProbabilities(label, probabilities, classes));
    }
  }

  /**
   * Adds a row of which only the ranking is known. One such row leaves the result without log-loss
   * and calibration error, since both are means over all rows.
   *
   * @param trueLabel the id of its label; a negative one is a label unseen in training, reported as
   *     {@value #UNNAMED}
   * @param rankedLabels distinct label ids, best first; at least as many as the deepest k (no less
   *     than 3), or all classes where there are fewer
   * @throws IllegalArgumentException if an id is out of range or repeated, or there are too few
   */
  public void addRanked(int trueLabel, int[] rankedLabels) {
    if (trueLabel < 0) {
      addUnseenRanked(UNNAMED, rankedLabels);
    } else {
      int label = checked(trueLabel);
      count(label, Outcome.ofRanks(label, rankedLabels, classes, ranks.depth()));
    }
  }

  /**
   * Adds a row whose label the model never saw in training: wrong in every figure, a probability of
   * 0 in the log-loss, and counted under its name.
   *
   * @param label the name of the label, not blank
   * @param probabilities {@code [classes]}, each in {@code [0, 1]}
   * @throws IllegalArgumentException as {@link #add}, or if the name is blank
   */
  public void addUnseen(String label, float[] probabilities) {
    countUnseen(checked(label), Outcome.ofProbabilities(Outcome.UNSEEN, probabilities, classes));
  }

  /**
   * Adds a row whose label the model never saw in training and of which only the ranking is known.
   *
   * @param label the name of the label, not blank
   * @param rankedLabels as for {@link #addRanked}
   * @throws IllegalArgumentException as {@link #addRanked}, or if the name is blank
   */
  public void addUnseenRanked(String label, int[] rankedLabels) {
    countUnseen(
        checked(label), Outcome.ofRanks(Outcome.UNSEEN, rankedLabels, classes, ranks.depth()));
  }

  /**
   * Adds all rows of another accumulator, which stays as it is.
   *
   * @return this accumulator
   * @throws IllegalArgumentException if the other one has other classes or cutoffs, or is this one
   */
  public ClassificationAccumulator merge(ClassificationAccumulator other) {
    if (other == this) {
      throw new IllegalArgumentException("Cannot merge metrics with themselves");
    }
    ranks.merge(other.ranks);
    confusion.merge(other.confusion);
    logLoss.merge(other.logLoss);
    calibration.merge(other.calibration);
    return this;
  }

  /**
   * The metrics of all rows added and merged so far.
   *
   * @param labels {@code [classes]}, the names of the label ids
   * @throws IllegalArgumentException if there are not as many names as classes, a name occurs
   *     twice, or a label counted as unseen is among them
   */
  public ClassificationMetrics result(List<String> labels) {
    checkNames(labels);
    List<ClassTally> tallies = confusion.tallies(classes);
    List<UnseenLabel> unseen = confusion.unseenLabels();
    List<ClassMetrics> perClass = new ArrayList<>(classes);
    for (int label = 0; label < classes; label++) {
      perClass.add(tallies.get(label).named(labels.get(label)));
    }
    unseen.forEach(label -> tallies.add(new ClassTally(0, label.count(), 0)));
    return new ClassificationMetrics(
        ranks.examples(),
        ranks.accuracy(1),
        ranks.accuracy(RankCounts.HEADLINE),
        Averages.of(tallies),
        meanLogLoss(),
        calibrationError(),
        ranks.precisionAt(),
        ranks.recallAt(),
        unseen,
        perClass,
        confusion.cells(labels));
  }

  private OptionalDouble meanLogLoss() {
    return allHaveProbabilities()
        ? OptionalDouble.of(logLoss.value() / ranks.examples())
        : OptionalDouble.empty();
  }

  private OptionalDouble calibrationError() {
    return allHaveProbabilities() ? OptionalDouble.of(calibration.error()) : OptionalDouble.empty();
  }

  private boolean allHaveProbabilities() {
    return ranks.examples() > 0 && calibration.examples() == ranks.examples();
  }

  private void count(int trueLabel, Outcome outcome) {
    countProbabilities(outcome);
    ranks.add(outcome.trueRank());
    confusion.add(trueLabel, outcome.topLabel());
  }

  private void countUnseen(String label, Outcome outcome) {
    countProbabilities(outcome);
    ranks.add(outcome.trueRank());
    confusion.addUnseen(label, outcome.topLabel());
  }

  private void countProbabilities(Outcome outcome) {
    if (!outcome.hasProbabilities()) {
      return;
    }
    logLoss.add(outcome.trueProbability());
    if (outcome.trueRank() == 0) {
      calibration.addCorrect(outcome.topProbability());
    } else {
      calibration.addWrong(outcome.topProbability());
    }
  }

  private int checked(int trueLabel) {
    if (trueLabel >= classes) {
      throw new IllegalArgumentException(
          "Label id " + trueLabel + " is not between 0 and " + (classes - 1));
    }
    return trueLabel;
  }

  private static String checked(String unseenLabel) {
    if (unseenLabel.isBlank()) {
      throw new IllegalArgumentException(
          "A label unseen in training needs a name that is not blank");
    }
    return unseenLabel;
  }

  private void checkNames(List<String> labels) {
    if (labels.size() != classes) {
      throw new IllegalArgumentException(
          "Expected the names of " + classes + " classes, found " + labels.size());
    }
    Set<String> names = new HashSet<>();
    for (String label : labels) {
      if (!names.add(label)) {
        throw new IllegalArgumentException("Two classes are named '" + label + "'");
      }
    }
    for (UnseenLabel unseen : confusion.unseenLabels()) {
      if (names.contains(unseen.label())) {
        throw new IllegalArgumentException(
            "Label '" + unseen.label() + "' was counted as unseen, but the model knows it");
      }
    }
  }
}
