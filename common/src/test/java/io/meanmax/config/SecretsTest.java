package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        "jdbc:mysql://host/db?user=me&password=h1dden&useSSL=true",
        "jdbc:postgresql://me:h1dden@host/db",
        "jdbc:oracle:thin:me/h1dden@//host:1521/db",
        "https://account.blob.core.windows.net/box?sv=2024&sig=h1dden&se=x",
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
        "Cannot read ftp://me:h1dden@host/a b",
        "Cannot read ftp://me:p@h1dden@host/a",
        "Cannot read redis://:h1dden@host",
        "connect with jdbc:oracle:thin:me/h1dden@host:1521:db please",
        "jdbc:mysql://host/db?password=h1dden&x=y",
        "{\"client_secret\": \"h1dden\", \"x\": 1}",
        "-Dmy.trustStorePassword=h1dden -Dx=y",
        "AWS_SECRET_ACCESS_KEY='h1dden' failed",
        "GET /box?sv=1&sig=h1dden&x=y: 403"
      })
  void secret_insideAMessage_isHidden_andNothingElse(String message) {
    assertThat(Secrets.hide(message))
        .doesNotContain("h1dden")
        .contains("***")
        .hasSizeGreaterThan(message.length() - "p@h1dden".length() - "me:".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Input path does not exist: hdfs://host:8020/secrets/passwords.txt",
        "Cannot read abfss://box@account.dfs.core.windows.net/a: no such file",
        "No password: give one",
        "5 tokens, 3 rejected: s3a://bucket/a@b",
        "train.epochs must be a whole number; found 2.5 (--set train.epochs)",
        "12:30:01 mail a:b@c"
      })
  void message_withoutASecret_staysAsItIs(String message) {
    assertThat(Secrets.hide(message)).isEqualTo(message);
  }

  @Test
  void secret_insideAQuery_isNotInItsDescription() {
    String query = "select text, label from parquet.`ftp://me:h1dden@host/docs`";
    InputConfig input = InputConfig.from(Settings.read(null, List.of("input.query=" + query)));
    assertThat(input.describe()).doesNotContain("h1dden").contains("ftp://***@host/docs");
    assertThat(input.query()).isEqualTo(query);
  }

  @Test
  void secret_insideAWrongValue_isNotRepeated() {
    List<String> both = List.of("input.path=ftp://me:h1dden@host/a", "input.table=b");
    assertThatThrownBy(() -> InputConfig.from(Settings.read(null, both)))
        .isInstanceOf(ConfigurationException.class)
        .message()
        .doesNotContain("h1dden")
        .contains("ftp://***@host/a");
  }

  @Test
  void secret_thatIsNoOverride_isNotRepeated() {
    assertThatThrownBy(() -> Settings.read(null, List.of("spark.my.password:h1dden")))
        .hasMessage(
            "--set takes key=value, for instance train.epochs=5; found the name of a secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.my.password = \"h1dden",
        "spark { my.password = h1dden",
        "spark.my.password = { h1dden",
        "train.epochs = 3\nspark.my.secret.key = h1dden\ntrain.patience = [3"
      })
  void secret_inAFileThatCannotBeParsed_isNotRepeated(String content, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("my.conf"), content);
    assertThatThrownBy(() -> Settings.read(file, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasNoCause()
        .message()
        .doesNotContain("h1dden")
        .contains("my.conf: ")
        .contains("The file holds secrets, so nothing of it is shown");
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
