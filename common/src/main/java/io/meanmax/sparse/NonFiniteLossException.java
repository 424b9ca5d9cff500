package io.meanmax.sparse;

import io.meanmax.encoding.EncodedExamples;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A loss that is NaN or infinite; the message names the examples among which it arose, by their
 * places in the order, and what they weigh.
 */
public final class NonFiniteLossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NonFiniteLossException(float loss, EncodedExamples examples, int[] order, int from, int to) {
    super(
        "loss is %s within examples %d to %d of the epoch's order, which weigh %s to %s"
            .formatted(
                loss,
                from,
                to - 1,
                weights(examples, order, from, to).min().orElseThrow(),
                weights(examples, order, from, to).max().orElseThrow()));
  }

  private static DoubleStream weights(EncodedExamples examples, int[] order, int from, int to) {
    return IntStream.range(from, to).mapToDouble(place -> examples.weight(order[place]));
  }
}
