package io.meanmax.job.train.dl4j;

import io.meanmax.config.TrainConfig;
import io.meanmax.embedding.FloatBytes;
import io.meanmax.job.runtime.StageMetrics;
import io.meanmax.job.train.DivergedException;
import io.meanmax.job.train.Pass;
import io.meanmax.job.train.TrainJob;
import io.meanmax.job.train.Trainer;
import io.meanmax.job.train.TrainingData;
import io.meanmax.network.Dl4jNetwork;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.sparse.RateSchedule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Trains the network as a DL4J graph with {@code ParameterAveragingTrainingMaster}. An epoch is cut
 * into rounds of equal length; in a round each worker takes its next batches, then parameters and
 * updater state are averaged.
 */
public final class Dl4jTrainer implements Trainer {
  private static final double DEFAULT_LEARNING_RATE = 0.01;

  private final TrainConfig config;
  private final NetworkSpec spec;
  private final TrainingData data;
  private final int rounds;
  private final int batchesOfRound;
  private final StepSums steps = new StepSums();
  private final RoundMaster master;
  private final SparkComputationGraph graph;

  /** A trainer that begins with these parameters. */
  public Dl4jTrainer(
      JavaSparkContext sc, TrainConfig config, NetworkParameters initial, TrainingData data) {
    this.config = config;
    this.spec = initial.spec();
    this.data = data;
    int batches = divideUp(data.counts().mostExamples(), config.batchSize());
    this.rounds = Math.max(1, divideUp(batches, config.averagingFrequency()));
    this.batchesOfRound = Math.max(1, divideUp(batches, rounds));
    sc.sc().register(steps, "steps");
    this.master =
        new RoundMaster(
            data.training().getNumPartitions(),
            config.batchSize(),
            batchesOfRound,
            new StepHook(steps));
    ComputationGraph network = Dl4jNetwork.graph(initial, updater(), config.seed());
    this.graph = new SparkComputationGraph(sc, network, master);
  }

  private static int divideUp(int amount, int by) {
    return (amount + by - 1) / by;
  }

  private IUpdater updater() {
    double rate = config.learningRate().orElse(DEFAULT_LEARNING_RATE);
    ISchedule falling =
        new PolySchedule(
            ScheduleType.ITERATION, rate, 1, config.epochs() * rounds * batchesOfRound + 1);
    boolean linear = config.learningRateDecay() == RateSchedule.Decay.LINEAR;
    return switch (config.optimizer().orElse(TrainConfig.Optimizer.ADAM)) {
      case ADAM -> linear ? new Adam(falling) : new Adam(rate);
      case ADAGRAD -> linear ? new AdaGrad(falling) : new AdaGrad(rate);
      case SGD -> linear ? new Sgd(falling) : new Sgd(rate);
    };
  }

  @Override
  public Pass epoch(int epoch) {
    StepSums.Sums pass = StepSums.Sums.NONE;
    for (int round = 0; round < rounds; round++) {
      JavaRDD<MultiDataSet> batches =
          data.training()
              .mapPartitions(
                  new BatchAssembler(
                      config.batchSize(),
                      spec.output().units(),
                      config.seed(),
                      epoch,
                      round * batchesOfRound,
                      batchesOfRound),
                  true);
      steps.reset();
      try {
        graph.fitMultiDataSet(batches);
        StageMetrics.of(TrainJob.STAGE).add(StageMetrics.Counter.ROUNDS, 1);
        pass = pass.plus(steps.value());
      } catch (Exception e) {
        // Spark's SparkException is checked, and comes here without being declared to Java.
        throw diverged(e, epoch, round);
      } finally {
        master.destroyBroadcasts();
      }
    }
    return new Pass(pass.loss() / pass.weight(), pass.examples());
  }

  private static RuntimeException diverged(Exception failure, int epoch, int round) {
    return DivergedException.of(failure, epoch, round)
        .<RuntimeException>map(diverged -> diverged)
        .orElseGet(
            () ->
                failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(
                        "Training failed in epoch %d".formatted(epoch + 1), failure));
  }

  @Override
  public NetworkParameters parameters() {
    return Dl4jNetwork.parameters(graph.getNetwork(), spec);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    ComputationGraph network = graph.getNetwork();
    out.writeInt(network.getConfiguration().getIterationCount());
    FloatBytes.write(network.params().toFloatVector(), out);
    INDArray state = network.getUpdater().getStateViewArray();
    if (state != null) {
      FloatBytes.write(state.toFloatVector(), out);
    }
  }

  @Override
  public void restore(DataInput in, int epochs) throws IOException {
    ComputationGraph network = graph.getNetwork();
    INDArray state = network.getUpdater().getStateViewArray();
    int iterations = in.readInt();
    INDArray parameters = read(network.params(), in);
    INDArray stateThen = state == null ? null : read(state, in);
    // All read: nothing is changed by a file that breaks off.
    network.getConfiguration().setIterationCount(iterations);
    network.params().assign(parameters);
    if (state != null) {
      state.assign(stateThen);
    }
  }

  private static INDArray read(INDArray like, DataInput in) throws IOException {
    float[] values = new float[Math.toIntExact(like.length())];
    FloatBytes.read(values, in);
    return Nd4j.createFromArray(values).reshape(like.shape());
  }

  @Override
  public void close() {
    master.destroyBroadcasts();
  }
}
