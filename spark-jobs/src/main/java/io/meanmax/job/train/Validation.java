package io.meanmax.job.train;

import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.runtime.Shared;
import io.meanmax.metric.ClassificationAccumulator;
import io.meanmax.metric.ClassificationMetrics;
import io.meanmax.network.NetworkParameters;
import io.meanmax.sparse.Predictor;
import io.meanmax.sparse.SparseModel;
import io.meanmax.vocabulary.Labels;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** Metrics of parameters on the validation part, where it is cached. */
final class Validation {
  private final JavaSparkContext sc;
  private final JavaRDD<EncodedExamples> examples;
  private final Labels labels;

  Validation(JavaSparkContext sc, JavaRDD<EncodedExamples> examples, Labels labels) {
    this.sc = sc;
    this.examples = examples;
    this.labels = labels;
  }

  ClassificationMetrics metrics(NetworkParameters parameters) {
    try (Shared<NetworkParameters> shared = Shared.of(sc, parameters)) {
      return examples
          .map(new Measure(shared, labels.size()))
          .reduce(ClassificationAccumulator::merge)
          .result(labels.names());
    }
  }

  /** Measures the examples of a partition. */
  private static final class Measure
      implements Function<EncodedExamples, ClassificationAccumulator> {
    private static final long serialVersionUID = 1L;
    private final Shared<NetworkParameters> parameters;
    private final int classes;

    Measure(Shared<NetworkParameters> parameters, int classes) {
      this.parameters = parameters;
      this.classes = classes;
    }

    @Override
    public ClassificationAccumulator call(EncodedExamples part) {
      ClassificationAccumulator accumulator =
          new ClassificationAccumulator(classes, ClassificationAccumulator.CUTOFFS);
      Predictor predictor = new Predictor(SparseModel.forPrediction(parameters.value()));
      for (int example = 0; example < part.size(); example++) {
        accumulator.add(part.label(example), predictor.probabilities(part.features(example)));
      }
      return accumulator;
    }
  }
}
