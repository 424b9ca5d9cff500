package io.meanmax.job.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log settings of conf/ make of a line. */
class LogLayoutTest {
  private static final String SECRETS =
      "ftp://me:h1dden@host/a jdbc:x://h/d?password=h1dden&a=b \"client_secret\": \"h1dden\"";

  private static String line(String file, String appender, String message, Throwable thrown) {
    Path conf = Path.of("..", "conf", file);
    Configuration configuration =
        ConfigurationFactory.getInstance()
            .getConfiguration(new LoggerContext(file), file, conf.toUri());
    configuration.initialize();
    Appender found = configuration.getAppender(appender);
    SortedArrayStringMap context = new SortedArrayStringMap();
    context.putValue("mdc.run", "local-17");
    context.putValue("mdc.stage", "train");
    context.putValue("mdc.taskName", "task 1.0 in stage 2.0 (TID 3)");
    return new String(
        found
            .getLayout()
            .toByteArray(
                Log4jLogEvent.newBuilder()
                    .setLoggerName("io.meanmax.Some")
                    .setLevel(Level.WARN)
                    .setMessage(new SimpleMessage(message))
                    .setThrown(thrown)
                    .setContextData(context)
                    .setTimeMillis(1_790_000_000_123L)
                    .build()),
        UTF_8);
  }

  private static JsonNode json(String message, Throwable thrown) throws Exception {
    String line = line("log4j2-json.properties", "stderr", message, thrown);
    assertThat(line).endsWith("}" + System.lineSeparator());
    assertThat(line.strip()).doesNotContain("\n");
    return new ObjectMapper().readTree(line);
  }

  @Test
  void jsonLine_saysRunStageAndTask() throws Exception {
    JsonNode line = json("three rows", null);
    assertThat(line.get("time").asText()).isEqualTo("2026-09-21T14:13:20.123Z");
    assertThat(line.get("level").asText()).isEqualTo("WARN");
    assertThat(line.get("logger").asText()).isEqualTo("io.meanmax.Some");
    assertThat(line.get("run").asText()).isEqualTo("local-17");
    assertThat(line.get("stage").asText()).isEqualTo("train");
    assertThat(line.get("task").asText()).isEqualTo("task 1.0 in stage 2.0 (TID 3)");
    assertThat(line.get("message").asText()).isEqualTo("three rows");
    assertThat(line.get("exception").asText()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a \"quote\" \\ and\ntwo\r\nlines\ttab",
        "中文 𝄞 \u0001",
        "{\"x\": [1]}",
        "%m${env:HOME}"
      })
  void jsonLine_isOneLine_whateverTheMessage(String message) throws Exception {
    assertThat(json(message, null).get("message").asText()).isEqualTo(message);
  }

  @Test
  void jsonLine_holdsTheException() throws Exception {
    JsonNode line = json("it broke", new IllegalStateException("why \"so\""));
    assertThat(line.get("exception").asText())
        .contains("IllegalStateException: why \"so\"")
        .contains("LogLayoutTest");
  }

  @Test
  void secrets_areInNoLine() throws Exception {
    Throwable thrown = new IllegalStateException(SECRETS);
    JsonNode json = json(SECRETS, thrown);
    assertThat(json.toString()).doesNotContain("h1dden");
    assertThat(json.get("message").asText())
        .isEqualTo("ftp://***@host/a jdbc:x://h/d?password=***&a=b \"client_secret\": \"***\"");
    assertThat(line("log4j2.properties", "stderr", SECRETS, thrown))
        .doesNotContain("h1dden")
        .contains("ftp://***@host/a")
        .containsOnlyOnce("at io.meanmax.job.runtime.LogLayoutTest.secrets_areInNoLine");
    assertThat(line("log4j2.properties", "progress", SECRETS, null))
        .doesNotContain("h1dden")
        .contains("ftp://***@host/a");
  }

  @Test
  void plainLine_isAsReadableAsEver() {
    assertThat(line("log4j2.properties", "stderr", "three rows", null))
        .matches("\\d\\d:\\d\\d:\\d\\d WARN Some: three rows\\R");
    assertThat(line("log4j2.properties", "progress", "epoch 1/3: loss 0.5", null))
        .matches("\\d\\d:\\d\\d:\\d\\d epoch 1/3: loss 0.5\\R");
  }
}
