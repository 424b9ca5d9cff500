package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitioningTest {

  private static final List<Integer> CUTOFFS = List.of(1, 3, 5);

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "7, 3", "1021, 2", "1021, 13", "1021, 1000"})
  void merge_randomSplitsOrdersAndTrees_sameResult(int rows, int classes) {
    List<String> labels = Row.labels(classes);
    List<Row> data = Row.random(rows + classes, rows, classes);
    ClassificationMetrics whole = fill(data, labels).result(labels);
    Random random = new Random(5);
    for (int partitions : new int[] {1, 3, 7}) {
      for (int trial = 0; trial < 5; trial++) {
        List<ClassificationAccumulator> parts = split(data, labels, partitions, random);
        assertThat(mergeTree(parts, random).result(labels)).isEqualTo(whole);
      }
    }
  }

  @Test
  void merge_empty_changesNothing() {
    ClassificationAccumulator accumulator = HandWorked.accumulator();
    accumulator.merge(new ClassificationAccumulator(3, List.of(1, 2, 3, 5)));
    assertThat(accumulator.result(HandWorked.LABELS)).isEqualTo(HandWorked.metrics());
  }

  @Test
  void merge_thenMoreRows_otherStaysAsItIs() {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(3, List.of(1, 2, 3, 5));
    ClassificationAccumulator other = HandWorked.accumulator();
    other.addUnseen("新しい", new float[] {.7f, .2f, .1f});
    accumulator.merge(other);
    accumulator.addUnseen("新しい", new float[] {.7f, .2f, .1f});
    assertThat(other.result(HandWorked.LABELS)).isEqualTo(HandWorked.metricsWithUnseen());
  }

  @Test
  void serialized_thousandClasses_compact() {
    List<String> labels = Row.labels(1000);
    ClassificationAccumulator accumulator = fill(Row.random(1, 1021, 1000), labels);
    // A dense matrix of longs would take 8 MB.
    assertThat(bytes(accumulator)).hasSizeLessThan(60_000);
  }

  private static List<ClassificationAccumulator> split(
      List<Row> data, List<String> labels, int partitions, Random random) {
    List<List<Row>> parts =
        new ArrayList<>(Stream.generate(ArrayList<Row>::new).limit(partitions).toList());
    List<Row> shuffled = new ArrayList<>(data);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(row -> parts.get(random.nextInt(partitions)).add(row));
    return new ArrayList<>(parts.stream().map(part -> copy(fill(part, labels))).toList());
  }

  /** Merges any two until one is left. */
  private static ClassificationAccumulator mergeTree(
      List<ClassificationAccumulator> parts, Random random) {
    while (parts.size() > 1) {
      ClassificationAccumulator one = parts.remove(random.nextInt(parts.size()));
      ClassificationAccumulator other = parts.remove(random.nextInt(parts.size()));
      parts.add(one.merge(other));
    }
    return parts.get(0);
  }

  private static ClassificationAccumulator fill(List<Row> rows, List<String> labels) {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(labels.size(), CUTOFFS);
    rows.forEach(row -> row.addTo(accumulator, labels));
    return accumulator;
  }

  /** As it arrives from an executor. */
  private static ClassificationAccumulator copy(ClassificationAccumulator accumulator) {
    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes(accumulator)))) {
      return (ClassificationAccumulator) input.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(ClassificationAccumulator accumulator) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(accumulator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
