package io.meanmax.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationMetricsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void toJson_rankedRows_stableForm() throws JsonProcessingException {
    ClassificationAccumulator accumulator = new ClassificationAccumulator(2, List.of(1, 3));
    accumulator.addRanked(0, new int[] {0, 1});
    accumulator.addUnseenRanked("新", new int[] {1, 0});
    String expected =
        """
        {
          "examples" : 2,
          "accuracy" : 0.5,
          "top3_accuracy" : 0.5,
          "micro_f1" : 0.5,
          "macro_f1" : 0.3333333333333333,
          "weighted_f1" : 0.5,
          "log_loss" : null,
          "calibration_error" : null,
          "precision_at" : {
            "1" : 0.5,
            "3" : 0.25
          },
          "recall_at" : {
            "1" : 0.5,
            "3" : 0.5
          },
          "averages" : {
            "micro" : {
              "precision" : 0.5,
              "recall" : 0.5,
              "f1" : 0.5
            },
            "macro" : {
              "precision" : 0.3333333333333333,
              "recall" : 0.3333333333333333,
              "f1" : 0.3333333333333333
            },
            "weighted" : {
              "precision" : 0.5,
              "recall" : 0.5,
              "f1" : 0.5
            }
          },
          "unseen_labels" : [ {
            "label" : "新",
            "count" : 1
          } ],
          "per_class" : [ {
            "label" : "女性",
            "precision" : 1.0,
            "recall" : 1.0,
            "f1" : 1.0,
            "support" : 1,
            "predicted" : 1
          }, {
            "label" : "b",
            "precision" : 0.0,
            "recall" : 0.0,
            "f1" : 0.0,
            "support" : 0,
            "predicted" : 1
          } ],
          "confusion" : [ {
            "true" : "女性",
            "predicted" : "女性",
            "count" : 1
          }, {
            "true" : "新",
            "predicted" : "b",
            "count" : 1
          } ]
        }""";
    JsonNode json = accumulator.result(List.of("女性", "b")).toJson();
    assertThat(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json))
        .isEqualToNormalizingNewlines(expected);
  }

  @Test
  void fromJson_writtenAsText_sameMetrics() throws JsonProcessingException {
    List<String> labels = Row.labels(31);
    ClassificationAccumulator random = new ClassificationAccumulator(31, List.of(1, 3, 5, 10));
    Row.random(3, 1021, 31).forEach(row -> row.addTo(random, labels));
    ClassificationMetrics empty =
        new ClassificationAccumulator(2, List.of()).result(List.of("a", "b"));
    for (ClassificationMetrics metrics :
        List.of(HandWorked.metricsWithUnseen(), random.result(labels), empty)) {
      String text = MAPPER.writeValueAsString(metrics.toJson());
      assertThat(ClassificationMetrics.fromJson(MAPPER.readTree(text))).isEqualTo(metrics);
    }
  }

  @Test
  void fromJson_unknownKeys_ignored() {
    ObjectNode json = HandWorked.metrics().toJson().put("mae", 2.5);
    assertThat(ClassificationMetrics.fromJson(json)).isEqualTo(HandWorked.metrics());
  }

  @Test
  void fromJson_missingKey_throwsNamingIt() {
    ObjectNode missing = HandWorked.metrics().toJson();
    missing.remove("per_class");
    assertRefused(
        missing,
        "Cannot read classification metrics at 'per_class': "
            + "Missing creator property 'per_class' (index 9)");
    ObjectNode nested = HandWorked.metrics().toJson();
    nested.withObject("/averages").remove("macro");
    assertRefused(
        nested,
        "Cannot read classification metrics at 'averages.macro': "
            + "Missing creator property 'macro' (index 1)");
  }

  @Test
  void fromJson_wrongValue_throwsNamingKeyAndValue() {
    assertRefused(
        HandWorked.metrics().toJson().put("accuracy", "high"),
        "Cannot read classification metrics at 'accuracy': Cannot deserialize value of type "
            + "`double` from String \"high\": not a valid `double` value (as String to convert)");
    assertRefused(
        HandWorked.metrics().toJson().putNull("confusion"),
        "Cannot read classification metrics at 'confusion': "
            + "Null value for creator property 'confusion' (index 10)");
    ObjectNode nested = HandWorked.metrics().toJson();
    ((ObjectNode) nested.at("/per_class/1")).putNull("f1");
    assertThatThrownBy(() -> ClassificationMetrics.fromJson(nested))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read classification metrics at 'per_class[1].f1': ");
  }

  @Test
  void fromJson_noObject_throws() {
    assertThatThrownBy(() -> ClassificationMetrics.fromJson(MAPPER.createArrayNode()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read classification metrics: ");
    assertRefused(MAPPER.nullNode(), "Cannot read classification metrics: no object but null");
  }

  private static void assertRefused(JsonNode json, String message) {
    assertThatThrownBy(() -> ClassificationMetrics.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
