package io.meanmax.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Small bundles for tests, on the local file system. */
final class Bundles {

  static final Configuration CONFIGURATION = new Configuration();
  static final String NETWORK_BYTES = "not really a network, but bytes are bytes";
  static final String VOCABULARY_TEXT =
      String.join(
          "\n",
          TabSeparated.line("0", "<pad>", "0", "0"),
          TabSeparated.line("1", "<unk>", "0", "0"),
          TabSeparated.line("2", "中文 𝄞\té\n\\", "12", "7"),
          "");
  static final String LABELS_TEXT = "0\tyes\t3\t1.5\n1\tno\t9\t0.5\n";

  private Bundles() {}

  static ModelDescription description() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("examples", 12L);
    rows.put("rejected", 1L);
    return new ModelDescription(
        new NetworkSpec(3, 4, new Pooling.MeanMax(), List.of(30), new Output.Softmax(2)),
        json.objectNode().put("tokenizer", "characters"),
        new Training(
            "dl4j",
            42,
            100,
            json.objectNode().put("train.epochs", 3),
            List.of(new InputSource("hdfs://data/train 1.txt", "crc:77", 13)),
            rows),
        new Software("abc123", "0.1.0", "17.0.15", "3.5.5", "1.0.0-M2.1"),
        Map.of("validation_accuracy", 0.75));
  }

  static BundleWriter filled(BundleWriter writer) throws IOException {
    write(writer, Bundle.NETWORK, NETWORK_BYTES);
    write(writer, Bundle.VOCABULARY, VOCABULARY_TEXT);
    write(writer, Bundle.LABELS, LABELS_TEXT);
    return writer;
  }

  static void write(BundleWriter writer, String file, String content) throws IOException {
    try (OutputStream out = writer.file(file)) {
      out.write(content.getBytes(UTF_8));
    }
  }

  static Bundle publish(Path models, String name) throws IOException {
    return publish(models, name, VersionId::next, CurrentUpdate.SET_CURRENT);
  }

  static Bundle publish(Path models, String name, Supplier<VersionId> ids, CurrentUpdate update)
      throws IOException {
    try (BundleWriter writer = BundleWriter.open(CONFIGURATION, models, name, ids)) {
      return filled(writer).publish(description(), update);
    }
  }

  /** Hands out these version names in turn. */
  static Supplier<VersionId> ids(String... versions) {
    Iterator<String> names = Arrays.asList(versions).iterator();
    return () -> new VersionId(Instant.parse("2026-11-20T13:05:01.25Z"), names.next());
  }

  static String text(Bundle bundle, String file) throws IOException {
    try (var in = bundle.read(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  static ObjectNode accuracy(double value) {
    ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    metrics.putObject("test").put("accuracy", value);
    return metrics;
  }

  static Path hadoop(java.nio.file.Path path) {
    return new Path(path.toUri());
  }

  static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  static List<String> names(java.nio.file.Path folder) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
