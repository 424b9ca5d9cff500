package io.meanmax.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the Airflow DAGs, run in their order on Hive tables; no Airflow runs. */
@Tag("hive")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AirflowDagIT {
  private final Map<String, String> session = new TreeMap<>();
  private String python;
  private Path folder;
  private Path variables;

  @BeforeAll
  void tables(@TempDir Path temporary) throws IOException {
    python = AirflowDag.python("jinja2");
    folder = temporary;
    variables = folder.resolve("variables.json");
    // The commands open sessions of their own, one after another; the tables outlive them.
    SparkExtension.session().stop();
    session.put("spark.master", "local[2]");
    session.put("spark.sql.warehouse.dir", folder.resolve("warehouse").toUri().toString());
    session.put(
        "spark.hadoop.javax.jdo.option.ConnectionURL",
        "jdbc:derby:memory:" + UUID.randomUUID() + ";create=true");
    session.forEach(System::setProperty);
    set("min_accuracy", "0.5");
    try (SparkSession spark = session()) {
      spark.sql("create database shop");
      spark.sql(
          "create table shop.labelled_reviews (id string, text string, label string)"
              + " partitioned by (day string) stored as parquet");
      spark.sql(
          "create table shop.reviews (id string, text string) partitioned by (day string)"
              + " stored as parquet");
      for (int day = 18; day <= 21; day++) {
        fill(spark, day, day < 21 ? Corpus.lines(120, day) : mislabelled(Corpus.lines(120, day)));
      }
    }
  }

  /** Three of four of them wrongly. */
  private static List<String> mislabelled(List<String> lines) {
    return lines.stream().map(line -> line.replaceFirst("__\\w+", "__label__sport")).toList();
  }

  private static void fill(SparkSession spark, int day, List<String> lines) {
    List<String> labelled = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    for (String line : lines) {
      String id = day + "-" + labelled.size();
      int space = line.indexOf(' ');
      String label = line.substring("__label__".length(), space);
      labelled.add("('%s', '%s', '%s')".formatted(id, line.substring(space + 1), label));
      plain.add("('%s', '%s')".formatted(id, line.substring(space + 1)));
    }
    String into = "insert into shop.%s partition (day = '2026-11-%d') values %s";
    spark.sql(into.formatted("labelled_reviews", day, String.join(", ", labelled)));
    spark.sql(into.formatted("reviews", day, String.join(", ", plain)));
  }

  @AfterAll
  void restore() {
    session.keySet().forEach(System::clearProperty);
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .enableHiveSupport()
        .getOrCreate();
  }

  /** The example's variables, with places of this test and one value changed. */
  private void set(String name, String value) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode all =
        (ObjectNode) json.readTree(Path.of("..", "scripts", "airflow", "variables.json").toFile());
    ObjectNode meanmax = (ObjectNode) all.get("meanmax");
    meanmax.put("models", folder.resolve("models").toString());
    meanmax.put("min_accuracy", 0.5);
    // Two threads come to other models each time; one of fifty test documents is a drop of 0.02.
    meanmax.put("max_drop", 1);
    meanmax.put("work", folder.resolve("work").toString());
    meanmax.set(name, json.readTree(value));
    Files.writeString(variables, all.toString());
  }

  private JsonNode tasks(String day) throws IOException, InterruptedException {
    Path file = AirflowDag.SCRIPTS.resolve("meanmax_spark_submit.py");
    return AirflowDag.tasks(python, file, variables, day);
  }

  /** Runs the commands from a task on, in the DAG's order, up to the first that fails. */
  private List<Cli> run(String day, String first) throws IOException, InterruptedException {
    List<Cli> done = new ArrayList<>();
    boolean begun = false;
    for (JsonNode task : tasks(day)) {
      begun |= task.get("task_id").asText().equals(first);
      if (begun && task.has("application_args")) {
        Cli cli = Cli.run(AirflowDag.texts(task.get("application_args")).toArray(String[]::new));
        done.add(cli);
        if (cli.status() != 0) {
          return done;
        }
      }
    }
    return done;
  }

  private static List<Row> predictions() {
    try (SparkSession spark = session()) {
      return spark.table("shop.review_labels").drop("scored_at").orderBy("id").collectAsList();
    }
  }

  private List<String> versions() {
    return Cli.run("models", "list", "--models", folder.resolve("models").toString())
        .out()
        .lines()
        .map(line -> line.substring(0, "* reviews  2026-11-20".length()))
        .toList();
  }

  @Test
  void dag_hasTheStepsInTheirOrder() throws Exception {
    JsonNode tasks = tasks("2026-11-20");
    List<String> order =
        List.of(
            "extract",
            "vocabulary",
            "encode",
            "train",
            "evaluate",
            "gate",
            "latest_only",
            "publish",
            "score");
    assertThat(tasks).extracting(task -> task.get("task_id").asText()).isEqualTo(order);
    for (int i = 0; i < order.size(); i++) {
      assertThat(AirflowDag.texts(tasks.get(i).get("upstream")))
          .isEqualTo(i == 0 ? List.of() : List.of(order.get(i - 1)));
    }
    assertThat(tasks.get(5).get("retries").asInt()).isZero();
    assertThat(tasks.get(8).get("trigger_rule").asText()).isEqualTo("none_failed");
  }

  @Test
  void aNight_twiceForOneDay_thenOneThatDoesNotPass() throws Exception {
    requireAllGood(run("2026-11-20", "extract"));
    assertThat(versions()).containsExactly("* reviews  2026-11-20");
    List<Row> once = predictions();
    assertThat(once).hasSize(120);

    List<Cli> again = run("2026-11-20", "extract");
    requireAllGood(again);
    assertThat(again.get(3).out())
        .startsWith("reviews version 2026-11-20 was made of the same data and settings before: ");
    assertThat(versions()).containsExactly("* reviews  2026-11-20");
    assertThat(predictions()).isEqualTo(once);

    set("min_accuracy", "0.95");
    List<Cli> bad = run("2026-11-21", "extract");
    assertThat(bad).hasSize(6);
    assertThat(bad.get(4).out()).contains("live model: ");
    assertThat(bad.get(5).status()).isEqualTo(1);
    assertThat(bad.get(5).messages())
        .singleElement()
        .asString()
        .matches(
            "meanmax: Version 2026-11-21 of reviews does not pass:"
                + " accuracy 0\\.\\d{4} is under 0\\.9500");
    assertThat(versions()).containsExactly("  reviews  2026-11-21", "* reviews  2026-11-20");
    assertThat(predictions()).isEqualTo(once);

    set("min_accuracy", "0.5");
    requireAllGood(run("2026-11-21", "gate"));
    assertThat(versions()).containsExactly("* reviews  2026-11-21", "  reviews  2026-11-20");
    List<Row> both = predictions();
    assertThat(both).hasSize(240).containsAll(once);
  }

  private static void requireAllGood(List<Cli> commands) {
    assertThat(commands).allSatisfy(cli -> assertThat(cli.status()).as(cli.err()).isZero());
    assertThat(commands.size()).isIn(8, 3);
  }
}
