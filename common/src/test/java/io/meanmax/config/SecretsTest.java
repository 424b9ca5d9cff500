package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Settings#toJson} writes goes into every model: it must hold no secret. */
class SecretsTest {
  private static JsonNode json(Settings settings) throws Exception {
    return new ObjectMapper().readTree(settings.toJson());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.s3a.bucket.logs.ACCESS.KEY",
        "spark.hadoop.fs.oss.accessKeyId",
        "spark.hadoop.fs.oss.accessKeySecret",
        "spark.hadoop.fs.azure.account.key.mine.blob.core.windows.net",
        "spark.hadoop.fs.azure.sas.box.mine.blob.core.windows.net",
        "spark.hadoop.google.cloud.auth.service.account.private.key",
        "spark.ssl.keyPassword",
        "spark.ssl.PASSWORD",
        "spark.authenticate.secret",
        "spark.kubernetes.authenticate.driver.oauthToken",
        "spark.hadoop.javax.jdo.option.ConnectionPassword",
        "spark.my.api-key",
        "spark.my.client_secret",
        "spark.my.aws.credentials"
      })
  void secret_ofSpark_isNotWritten(String key) throws Exception {
    Settings settings = Settings.read(null, List.of(key + "=h1dden", "spark.executor.memory=2g"));
    assertThat(settings.toJson()).doesNotContain("h1dden");
    assertThat(json(settings).at("/spark").get(key.substring(6)).asText()).isEqualTo("***");
    assertThat(json(settings).at("/spark").get("executor.memory").asText()).isEqualTo("2g");
    assertThat(settings.sparkSettings()).containsEntry(key, "h1dden");
  }

  @Test
  void secret_insideAValueOfSpark_isNotWritten() {
    Settings settings =
        Settings.read(
            null,
            List.of("spark.driver.extraJavaOptions=-Djavax.net.ssl.trustStorePassword=h1dden"));
    assertThat(settings.toJson()).doesNotContain("h1dden");
  }

  @Test
  void secret_ofALuceneChain_isNotWritten() {
    Settings settings =
        Settings.read(null, List.of("tokenizer.lucene.tokenizer.dictionaryPassword=h1dden"));
    assertThat(settings.toJson()).doesNotContain("h1dden");
  }

  @Test
  void settingsOfOurs_areWritten() throws Exception {
    JsonNode defaults = json(Settings.defaults());
    assertThat(defaults.at("/encode/max-tokens").asInt()).isEqualTo(400);
    assertThat(Settings.defaults().toJson()).doesNotContain("***");
    JsonNode lucene =
        json(Settings.read(null, List.of("tokenizer.lucene.tokenizer.maxTokenLength=1000")));
    assertThat(lucene.at("/tokenizer/lucene/tokenizer/maxTokenLength").asInt()).isEqualTo(1000);
  }

  @Test
  void json_isSortedAndTheSameForTheSameSettings() {
    Settings one = Settings.read(null, List.of("train.epochs=3", "spark.b=1", "spark.a=2"));
    Settings two = Settings.read(null, List.of("spark.a=2", "spark.b=1", "train.epochs=3"));
    assertThat(one.toJson())
        .isEqualTo(two.toJson())
        .contains("\"spark\":{\"a\":\"2\",\"b\":\"1\"}");
  }

  @Test
  void json_isReadableWhateverNumbersItHolds() throws Exception {
    Settings settings = Settings.read(null, List.of("spark.x=1e999", "spark.y=NaN"));
    assertThat(json(settings).at("/spark/x").asText()).isEqualTo("1e999");
  }
}
