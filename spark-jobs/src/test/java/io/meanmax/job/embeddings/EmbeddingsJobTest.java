package io.meanmax.job.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.bundle.Bundle;
import io.meanmax.config.EmbeddingsConfig;
import io.meanmax.job.testing.Corpus;
import io.meanmax.job.testing.Road;
import io.meanmax.job.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class EmbeddingsJobTest {
  @TempDir private Path folder;

  @Test
  void tokensWithSpaces_keepTheTextReadable(SparkSession spark) throws IOException {
    String input =
        Corpus.write(
            folder.resolve("train.txt"), List.of("__label__a new york", "__label__b new york"));
    Road road =
        Road.of(
                spark,
                folder.resolve("work"),
                input,
                "tokenizer.kind=lucene",
                "tokenizer.lucene.tokenizer={ name = keyword }",
                "train.epochs=1",
                "train.validation-fraction=0")
            .prepare();
    Bundle bundle = road.bundle(road.train());
    EmbeddingsResult result =
        new EmbeddingsJob(
                spark,
                bundle,
                Optional.empty(),
                new EmbeddingsConfig(true, true, List.of()),
                road.output("embeddings"))
            .run();
    assertThat(result.words()).isEqualTo(1);
    assertThat(result.documents()).isZero();
    assertThat(road.rows("embeddings/words").head().getString(0)).isEqualTo("new_york");
    List<String> lines = Files.readAllLines(Path.of(road.path("embeddings"), "words.vec"));
    assertThat(lines.get(0)).isEqualTo("1 8");
    assertThat(lines.get(1).split(" ", -1)).hasSize(9);
    assertThat(lines.get(1)).startsWith("new_york ");
  }
}
