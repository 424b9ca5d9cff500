package io.meanmax.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {

  private static final Path FOLDER = new Path("/models/ages/v1");
  private static final String HASH = "0123456789abcdef".repeat(4);

  /** Files of this form exist; a change to this text is a change of the format. */
  private static final String FORMAT_1 =
      """
      {
        "format_version" : 1,
        "model" : "ages",
        "version" : "v1",
        "created_at" : "2026-11-20T13:05:01.250Z",
        "network" : {
          "vocabulary_size" : 3,
          "dimension" : 4,
          "pooling" : {
            "kind" : "mean-max"
          },
          "dense" : [ 30 ],
          "output" : {
            "kind" : "softmax",
            "classes" : 2
          }
        },
        "text" : {
          "tokenizer" : "characters"
        },
        "training" : {
          "trainer" : "dl4j",
          "seed" : 42,
          "max_tokens" : 100,
          "configuration" : {
            "train.epochs" : 3
          },
          "inputs" : [ {
            "path" : "hdfs://data/train 1.txt",
            "fingerprint" : "crc:77",
            "rows" : 13
          } ],
          "rows" : {
            "examples" : 12,
            "rejected" : 1
          }
        },
        "software" : {
          "code_revision" : "abc123",
          "meanmax" : "0.1.0",
          "java" : "17.0.15",
          "spark" : "3.5.5",
          "dl4j" : "1.0.0-M2.1"
        },
        "metrics" : {
          "validation_accuracy" : 0.75
        },
        "vocabulary_hash" : "HASH",
        "labels_hash" : "HASH",
        "files" : {
          "vocabulary.txt" : {
            "sha256" : "HASH",
            "bytes" : 5
          }
        }
      }"""
          .replace("HASH", HASH);

  private static final Manifest MANIFEST = manifest();

  @Test
  void bytes_areFormat1() {
    assertThat(new String(ManifestJson.bytes(MANIFEST), UTF_8).replace("\r\n", "\n"))
        .isEqualTo(FORMAT_1);
  }

  @Test
  void manifest_ofFormat1_isRead() {
    assertThat(read(FORMAT_1)).isEqualTo(MANIFEST);
  }

  @Test
  void manifest_withUnknownKeys_ignoresThem() {
    String json =
        FORMAT_1
            .replace("\"text\" :", "\"later\" : { \"a\" : 1 }, \"text\" :")
            .replace("\"dimension\" :", "\"windows\" : 5, \"dimension\" :");

    assertThat(read(json)).isEqualTo(MANIFEST);
  }

  @Test
  void manifest_withoutARequiredKey_namesIt() {
    assertThatThrownBy(() -> read(FORMAT_1.replace("\"created_at\"", "\"made_at\"")))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("Cannot use the model at /models/ages/v1: manifest.json is damaged")
        .hasMessageContaining("created_at");
    assertThatThrownBy(() -> read(FORMAT_1.replace("\"seed\"", "\"sead\"")))
        .hasMessageContaining("manifest.json is damaged: key 'training.seed': Cannot map `null`");
  }

  @Test
  void manifest_withAnotherPooling_saysSo() {
    assertThatThrownBy(() -> read(FORMAT_1.replace("mean-max", "median")))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("manifest.json is damaged")
        .hasMessageContaining("'median'");
  }

  @Test
  void manifest_withABadTime_saysSo() {
    assertThatThrownBy(() -> read(FORMAT_1.replace("2026-11-20T13:05:01.250Z", "yesterday")))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("\"yesterday\": not ISO-8601");
  }

  @Test
  void object_ofSomethingElse_isRefused() {
    assertThatThrownBy(() -> ManifestJson.object("[1]".getBytes(UTF_8), FOLDER, "metrics.json"))
        .hasMessage(
            "Cannot use the model at /models/ages/v1: metrics.json is not a JSON object; restore it"
                + " from a copy, choose another version, or publish the model again");
    assertThatThrownBy(() -> ManifestJson.object(new byte[0], FOLDER, "metrics.json"))
        .hasMessageContaining("metrics.json is not a JSON object");
    assertThatThrownBy(() -> ManifestJson.object("{} x".getBytes(UTF_8), FOLDER, "metrics.json"))
        .hasMessageContaining("metrics.json is not valid JSON");
  }

  private static Manifest read(String json) {
    return ManifestJson.manifest(
        ManifestJson.object(json.getBytes(UTF_8), FOLDER, Bundle.MANIFEST), FOLDER);
  }

  private static Manifest manifest() {
    VersionId id = Bundles.ids("v1").get();
    ModelDescription description = Bundles.description();
    return new Manifest(
        1,
        "ages",
        id.version(),
        id.createdAt(),
        description.network(),
        description.text(),
        description.training(),
        description.software(),
        description.metrics(),
        HASH,
        HASH,
        Map.of(Bundle.VOCABULARY, new FileDigest(HASH, 5)));
  }
}
