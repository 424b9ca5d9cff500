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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xmx1g -Djavax.net.ssl.trustStorePassword=h1dden",
        "jdbc:x://host/db;PASSWORD=h1dden",
        "options {\"api_key\": \"h1dden\"}",
        "--conf my.token = h1dden"
      })
  void secret_insideAValueOfSpark_isNotWritten(String value) {
    Settings settings = Settings.read(null, List.of("spark.x=" + value));
    assertThat(settings.sparkSettings()).containsEntry("spark.x", value);
    assertThat(settings.toJson()).doesNotContain("h1dden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"input.path", "models.path", "spark.hadoop.fs.proxy"})
  void secret_insideAUrl_isNotWritten(String key) {
    Settings settings = Settings.read(null, List.of(key + "=s3a://KEY:h1dden@bucket/data"));
    assertThat(settings.toJson()).doesNotContain("h1dden").contains("\"s3a://***@bucket/data\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input.path=abfss://box@account.dfs.core.windows.net/a:b@c",
        "spark.jars=/lib/tokenizers-1.0.jar,/lib/password-rules.jar",
        "spark.hadoop.fs.s3a.endpoint=https://host:9000",
        "spark.sql.shuffle.partitions=7",
        "spark.kryo.registrator=a.Keys"
      })
  void setting_thatIsNoSecret_isWritten(String override) {
    assertThat(Settings.read(null, List.of(override)).toJson())
        .contains("\"" + override.substring(override.indexOf('=') + 1) + "\"");
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
    assertThat(defaults.at("/encode/max-tokens").asInt()).isEqualTo(1000);
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
