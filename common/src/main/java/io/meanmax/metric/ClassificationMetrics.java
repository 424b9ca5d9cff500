package io.meanmax.metric;

import static java.util.Collections.unmodifiableSortedMap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well a single-label classifier predicts one split of the data.
 *
 * <p>Rates lie in {@code [0, 1]}, and a rate over nothing is 0 (scikit-learn's {@code
 * zero_division=0}); so all rates of a split without rows are 0, and its means are empty. A row
 * whose label was unseen in training counts as wrong in every figure, whereas fastText's {@code
 * test} drops such rows.
 *
 * <p>P@k and R@k are fastText's: with {@code n} rows and {@code hits} of them having their true
 * label among the best k, {@code P@k = hits / (n·k)} and {@code R@k = hits / (number of true
 * labels)}; a model with fewer than k classes makes that many fewer predictions. A row of
 * single-label data has one true label and, at k = 1, one prediction, so that P@1 = R@1 = accuracy.
 *
 * <p>Immutable and thread-safe.
 *
 * @param examples rows, {@code n}
 * @param accuracy the part of the rows whose true label ranks first
 * @param top3Accuracy the part of the rows whose true label is among the best three
 * @param averages precision, recall and F1 over all classes
 * @param logLoss the mean of {@code -ln p} of the true label, in nats, with p no less than
 *     2<sup>-23</sup> (15.94 nats, also what a label unseen in training costs); empty without rows,
 *     or if some came without probabilities
 * @param calibrationError the expected calibration error over ten bins of equal width of the top
 *     probability, in {@code [0, 1]}; empty as {@code logLoss}
 * @param precisionAt P@k by k, ascending
 * @param recallAt R@k by k, ascending
 * @param unseenLabels labels that training never saw, with their rows, by name
 * @param perClass one entry a class that the model knows, by label id
 * @param confusion the non-empty cells of the confusion matrix, by true then predicted label id,
 *     those of unseen labels last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({
  "examples",
  "accuracy",
  "top3_accuracy",
  "micro_f1",
  "macro_f1",
  "weighted_f1",
  "log_loss",
  "calibration_error",
  "precision_at",
  "recall_at",
  "averages",
  "unseen_labels",
  "per_class",
  "confusion"
})
public record ClassificationMetrics(
    @JsonProperty("examples") long examples,
    @JsonProperty("accuracy") double accuracy,
    @JsonProperty("top3_accuracy") double top3Accuracy,
    @JsonProperty("averages") Averages averages,
    @JsonProperty("log_loss")
        @JsonSerialize(using = OptionalDoubleJson.Writer.class)
        @JsonDeserialize(using = OptionalDoubleJson.Reader.class)
        OptionalDouble logLoss,
    @JsonProperty("calibration_error")
        @JsonSerialize(using = OptionalDoubleJson.Writer.class)
        @JsonDeserialize(using = OptionalDoubleJson.Reader.class)
        OptionalDouble calibrationError,
    @JsonProperty("precision_at") SortedMap<Integer, Double> precisionAt,
    @JsonProperty("recall_at") SortedMap<Integer, Double> recallAt,
    @JsonProperty("unseen_labels") List<UnseenLabel> unseenLabels,
    @JsonProperty("per_class") List<ClassMetrics> perClass,
    @JsonProperty("confusion") List<ConfusionCell> confusion) {

  public ClassificationMetrics {
    precisionAt = unmodifiableSortedMap(new TreeMap<>(precisionAt));
    recallAt = unmodifiableSortedMap(new TreeMap<>(recallAt));
    unseenLabels = List.copyOf(unseenLabels);
    perClass = List.copyOf(perClass);
    confusion = List.copyOf(confusion);
  }

  /** The F1 from the counts of all classes together; the accuracy, for single-label data. */
  @JsonProperty("micro_f1")
  public double microF1() {
    return averages.micro().f1();
  }

  /** The plain mean of F1 over the classes that occur; see {@link Averages}. */
  @JsonProperty("macro_f1")
  public double macroF1() {
    return averages.macro().f1();
  }

  /** The mean of F1 weighted by support. */
  @JsonProperty("weighted_f1")
  public double weightedF1() {
    return averages.weighted().f1();
  }

  /** The rows whose label training never saw. */
  public long unseenExamples() {
    return unseenLabels.stream().mapToLong(UnseenLabel::count).sum();
  }

  /**
   * The object that stands for one split in {@code metrics.json}, its keys in a fixed order; an
   * empty mean is {@code null}.
   */
  public ObjectNode toJson() {
    return MetricsJson.write(this);
  }

  /**
   * The metrics of one split, read from what {@link #toJson} gave. Unknown keys are ignored, since
   * other kinds of metrics may share the object.
   *
   * @throws IllegalArgumentException naming the key, if one is missing or holds something else
   */
  public static ClassificationMetrics fromJson(JsonNode split) {
    return MetricsJson.read(split);
  }

  /**
   * The table for standard output: classes, averages, headline figures. Of more than 30 classes, it
   * shows the ten with the most rows and the ten with the lowest F1 among the others.
   */
  public String toText() {
    return MetricsText.of(this);
  }

  /**
   * The confusion table: a matrix of up to 12 labels; beyond that, the ten most frequent
   * confusions.
   */
  public String confusionText() {
    return ConfusionText.of(this);
  }
}
