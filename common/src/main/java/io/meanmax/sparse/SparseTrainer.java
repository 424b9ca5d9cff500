package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Trains a model with several threads that share most of its rows without locks. With one thread
 * the result depends on model, examples, order and schedule alone.
 */
public final class SparseTrainer implements AutoCloseable {
  /**
   * Examples a thread takes at a time: enough to be rarely asked for, few enough to end together.
   */
  private static final int BLOCK = 64;

  private final List<TrainingThread> trainers = new ArrayList<>();
  private final ExecutorService threads;

  /**
   * A trainer of a model.
   *
   * @param threadCount how many threads, at least 1
   */
  public SparseTrainer(SparseModel model, int threadCount) {
    for (int thread = 0; thread < threadCount; thread++) {
      trainers.add(
          threadCount == 1
              ? TrainingThread.alone(model)
              : TrainingThread.amongOthers(model, threadCount));
    }
    this.threads =
        Executors.newFixedThreadPool(
            threadCount,
            task -> {
              Thread thread = new Thread(task, "meanmax-sparse");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Trains on a stretch of examples.
   *
   * @param order places → examples
   * @return the sum of their weighted losses, each as it was before its update
   * @throws NonFiniteLossException if a loss is NaN or infinite; the model is of no use then, nor
   *     after any other failure, but no thread writes to it any longer
   */
  public double train(EncodedExamples examples, int[] order, Span span, RateSchedule schedule) {
    AtomicInteger next = new AtomicInteger(span.from());
    List<Future<Double>> losses =
        trainers.stream()
            .map(
                trainer ->
                    threads.submit(() -> work(trainer, examples, order, span, schedule, next)))
            .toList();
    double sum = 0;
    RuntimeException failure = null;
    for (Future<Double> loss : losses) {
      try {
        sum += result(loss, span, next);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return sum;
  }

  /** Ends all threads' work where one's fails. */
  private static double work(
      TrainingThread trainer,
      EncodedExamples examples,
      int[] order,
      Span span,
      RateSchedule schedule,
      AtomicInteger next) {
    try {
      return trainBlocks(trainer, examples, order, span, schedule, next);
    } catch (RuntimeException | Error e) {
      next.set(span.to());
      throw e;
    }
  }

  private static double trainBlocks(
      TrainingThread trainer,
      EncodedExamples examples,
      int[] order,
      Span span,
      RateSchedule schedule,
      AtomicInteger next) {
    int from = next.getAndAdd(BLOCK);
    if (from >= span.to()) {
      return 0; // Short stretches have fewer blocks than there are threads.
    }
    double sum = 0;
    trainer.begin();
    for (; from < span.to(); from = next.getAndAdd(BLOCK)) {
      int to = Math.min(from + BLOCK, span.to());
      float rate = schedule.at(span.progress(from));
      float losses = trainer.train(examples, order, from, to, rate);
      if (!Float.isFinite(losses)) {
        throw new NonFiniteLossException(losses, examples, order, from, to);
      }
      sum += losses;
    }
    trainer.end();
    return sum;
  }

  /** Waits; an interruption ends the work, which is over within a block, and is told then. */
  private static double result(Future<Double> future, Span span, AtomicInteger next) {
    InterruptedException interruption = null;
    try {
      while (true) {
        try {
          double sum = future.get();
          if (interruption != null) {
            throw new IllegalStateException("Interrupted while training", interruption);
          }
          return sum;
        } catch (InterruptedException e) {
          interruption = e;
          next.set(span.to());
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interruption != null) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
