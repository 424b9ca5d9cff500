package io.meanmax.job.train.sparse;

import io.meanmax.config.Settings;
import io.meanmax.config.TrainConfig;
import io.meanmax.encoding.EncodedExamples;
import io.meanmax.job.train.Pass;
import io.meanmax.job.train.TrainingData;
import io.meanmax.network.Forward;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;

/** Examples dealt out to workers, and trainers of them. */
final class Workers {
  private static final int CLASSES = 3;
  private static final int OWN_WORDS = 8;
  private static final int NOISE = 2 + CLASSES * OWN_WORDS;
  private static final int VOCABULARY = NOISE + 20;

  static final NetworkSpec SPEC =
      new NetworkSpec(
          VOCABULARY, 20, new Pooling.MeanMax(), List.of(), new Output.Softmax(CLASSES));

  /** Rows that travel together, where a round's changes are to be in pieces. */
  static final OptionalInt FEW_ROWS = OptionalInt.of(8);

  private Workers() {}

  static JavaSparkContext context(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  static EncodedExamples examples(int count, long seed) {
    return deal(count, 1, seed).get(0);
  }

  /** Examples whose class shows in some of their words, dealt to workers in turn. */
  static List<EncodedExamples> deal(int count, int workers, long seed) {
    List<EncodedExamples.Builder> builders =
        Stream.generate(EncodedExamples.Builder::new).limit(workers).toList();
    Random random = new Random(seed);
    for (int example = 0; example < count; example++) {
      int label = random.nextInt(CLASSES);
      int[] ids = new int[6];
      for (int i = 0; i < ids.length; i++) {
        ids[i] =
            i < 2
                ? 2 + label * OWN_WORDS + random.nextInt(OWN_WORDS)
                : NOISE + random.nextInt(VOCABULARY - NOISE);
      }
      builders.get(example % workers).add(ids, label, 1 + label / 2f);
    }
    return builders.stream().map(EncodedExamples.Builder::build).toList();
  }

  static TrainingData data(JavaSparkContext sc, List<EncodedExamples> parts) {
    return data(sc, parts, examples -> examples);
  }

  /** Each task reads its examples through a function, which may fail. */
  static TrainingData data(
      JavaSparkContext sc,
      List<EncodedExamples> parts,
      Function<EncodedExamples, EncodedExamples> read) {
    JavaRDD<EncodedExamples> training = sc.parallelize(parts, parts.size()).map(read);
    long count = parts.stream().mapToLong(EncodedExamples::size).sum();
    long words = parts.stream().mapToLong(EncodedExamples::words).sum();
    int most = parts.stream().mapToInt(EncodedExamples::size).max().orElse(0);
    return new TrainingData(
        training, training, new TrainingData.Counts(count, words, count, most, 0));
  }

  /** One thread a worker, two rounds an epoch, unless overridden. */
  static TrainConfig config(String... overrides) {
    List<String> usual =
        List.of(
            "train.threads-per-worker=1",
            "train.rounds-per-epoch=2",
            "train.opening-rounds=0",
            "train.epochs=6");
    return TrainConfig.from(
        Settings.read(null, Stream.concat(usual.stream(), Stream.of(overrides)).toList()));
  }

  /** All epochs; the trainer stays open. */
  static List<Pass> train(SparseSparkTrainer trainer, TrainConfig config) {
    List<Pass> passes = new ArrayList<>();
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      passes.add(trainer.epoch(epoch));
    }
    return passes;
  }

  /** What a training of these parts comes to. */
  static NetworkParameters trained(
      JavaSparkContext sc, List<EncodedExamples> parts, TrainConfig config) {
    try (SparseSparkTrainer trainer = new SparseSparkTrainer(sc, config, SPEC, data(sc, parts))) {
      train(trainer, config);
      return trainer.parameters();
    }
  }

  static double accuracy(NetworkParameters parameters, EncodedExamples examples) {
    Forward forward = new Forward(parameters);
    int right = 0;
    for (int e = 0; e < examples.size(); e++) {
      float[] probabilities = forward.probabilities(examples.features(e));
      int best = 0;
      for (int c = 1; c < probabilities.length; c++) {
        best = probabilities[c] > probabilities[best] ? c : best;
      }
      right += best == examples.label(e) ? 1 : 0;
    }
    return (double) right / examples.size();
  }

  /** Everything that was learnt, one number after another. */
  static float[] flat(NetworkParameters parameters) {
    List<float[]> parts = new ArrayList<>();
    for (int row = 0; row < parameters.embedding().rows(); row++) {
      parts.add(parameters.embedding().row(row));
    }
    parameters.layers().forEach(layer -> parts.addAll(List.of(layer.weights(), layer.bias())));
    float[] flat = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, flat, at, part.length);
      at += part.length;
    }
    return flat;
  }
}
