package io.meanmax.bundle;

import static io.meanmax.bundle.Bundles.CONFIGURATION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

  private static final String REMEDY =
      "; restore it from a copy, choose another version, or publish the model again";

  private Path models;
  private Bundle published;
  private java.nio.file.Path folder;

  @BeforeEach
  void publish(@TempDir java.nio.file.Path temporary) throws IOException {
    models = Bundles.hadoop(temporary.resolve("my models ü"));
    published = Bundles.publish(models, "ages");
    folder = Bundles.local(published.path());
  }

  @Test
  void open_givesWhatWasPublished() throws IOException {
    Bundle bundle = Bundle.open(CONFIGURATION, models, "ages", "current");

    assertThat(bundle.path()).isEqualTo(published.path());
    assertThat(bundle.manifest()).isEqualTo(published.manifest());
    assertThat(bundle.manifest().network()).isEqualTo(Bundles.description().network());
    assertThat(bundle.manifest().training()).isEqualTo(Bundles.description().training());
    assertThat(Bundles.text(bundle, Bundle.NETWORK)).isEqualTo(Bundles.NETWORK_BYTES);
    assertThat(Bundles.text(bundle, Bundle.VOCABULARY)).isEqualTo(Bundles.VOCABULARY_TEXT);
    assertThat(Bundles.text(bundle, Bundle.LABELS)).isEqualTo(Bundles.LABELS_TEXT);
    assertThat(bundle.metrics()).isEmpty();
    bundle.verify();
  }

  @Test
  void open_byPath_takesModelOrVersion() {
    assertThat(Bundle.open(CONFIGURATION, new Path(models, "ages")).path())
        .isEqualTo(published.path());
    assertThat(Bundle.open(CONFIGURATION, published.path()).path()).isEqualTo(published.path());
    assertThat(Bundle.open(CONFIGURATION, new Path(folder.toString())).path())
        .isEqualTo(published.path());
  }

  @Test
  void open_nothing_saysWhatToGive() {
    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, new Path(models, "no such")))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "There is no model at "
                + published.path().getParent().getParent()
                + "/no such; give <models>/<name> or <models>/<name>/<version>");
    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, models))
        .hasMessageStartingWith("Neither manifest.json nor a current version is in ");
    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, models, "ages", "v0"))
        .hasMessageStartingWith("Model 'ages' has no version 'v0' in ")
        .hasMessageEndingWith("; it has [" + published.path().getName() + "]");
    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, models, "sexes", "v0"))
        .hasMessageStartingWith("There is no model 'sexes' in ")
        .hasMessageEndingWith("; it has [ages]");
    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, new Path("nofs://host/models/x")))
        .hasMessageStartingWith("Cannot reach the file system of nofs://host/models/x (");
  }

  @Test
  void open_withoutSuccess_isRefused() throws IOException {
    Files.delete(folder.resolve("_SUCCESS"));

    assertRefused("_SUCCESS is missing, so it was never finished");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"manifest.json", "network.zip", "vocabulary.txt", "labels.txt", "metrics.json"})
  void open_withoutAFile_namesIt(String file) throws IOException {
    Files.delete(folder.resolve(file));

    assertRefused(file + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"network.zip", "vocabulary.txt", "labels.txt"})
  void open_withAFileCutOff_namesIt(String file) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(file));
    Files.write(folder.resolve(file), java.util.Arrays.copyOf(content, 7));

    assertRefused(file + " was altered or cut off: it has 7 bytes, not " + content.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocabulary.txt", "labels.txt"})
  void open_withAnAlteredDictionary_namesIt(String file) throws IOException {
    FileDigest before = published.manifest().files().get(file);
    String after = alter(file);

    assertRefused(file + " was altered: its SHA-256 is " + after + ", not " + before.sha256());
  }

  @Test
  void read_ofAnAlteredNetwork_failsAtTheEnd() throws IOException {
    String before = published.manifest().files().get(Bundle.NETWORK).sha256();
    String message =
        unusable(
            "network.zip was altered: its SHA-256 is " + alter("network.zip") + ", not " + before);
    Bundle bundle = Bundle.open(CONFIGURATION, published.path());

    assertThatThrownBy(() -> Bundles.text(bundle, Bundle.NETWORK))
        .isInstanceOf(BundleException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> readFirstByte(bundle)).hasMessage(message);
    assertThatThrownBy(bundle::verify).hasMessage(message);
  }

  @Test
  void read_inSmallPiecesAndSkips_verifies() throws IOException {
    try (InputStream in = published.read(Bundle.NETWORK)) {
      assertThat(in.read()).isEqualTo('n');
      assertThat(in.skip(3)).isEqualTo(3);
      assertThat(in.markSupported()).isFalse();
      assertThat(new String(in.readAllBytes(), UTF_8))
          .isEqualTo(Bundles.NETWORK_BYTES.substring(4));
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void read_ofAnotherFile_namesThoseThereAre() {
    assertThatThrownBy(() -> published.read("report.html"))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "The model at "
                + published.path()
                + " has no file 'report.html'; it has [labels.txt, network.zip, vocabulary.txt]");
  }

  @Test
  void open_withAnAlteredManifest_isRefused() throws IOException {
    replaceInManifest("\"seed\" : 42", "\"seed\" : 43");

    assertRefused("manifest.json was altered: _SUCCESS holds another SHA-256 of it");
  }

  @Test
  void open_withAManifestCutOff_isRefused() throws IOException {
    String json = Files.readString(folder.resolve("manifest.json"));
    Files.writeString(folder.resolve("manifest.json"), json.substring(0, json.length() / 2));

    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, published.path()))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith(
            "Cannot use the model at " + published.path() + ": manifest.json is not valid JSON: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0", "\"1\"", "1.0", "null"})
  void open_ofAnUnknownFormat_namesBothVersions(String format) throws IOException {
    replaceInManifest("\"format_version\" : 1", "\"format_version\" : " + format);

    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, published.path()))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "Cannot use the model at "
                + published.path()
                + ": manifest.json has format version "
                + format
                + " and this release of MeanMax reads 1; use the release that wrote it or a newer"
                + " one, or publish the model again");
  }

  @Test
  void open_withoutAFormat_saysSo() throws IOException {
    replaceInManifest("\"format_version\" : 1,", "");

    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, published.path()))
        .hasMessageContaining("manifest.json has no format_version and this release");
  }

  @Test
  void open_withAnotherVocabularyHash_isRefused() throws IOException {
    String hash = published.manifest().vocabularyHash();
    replaceInManifest(
        "\"vocabulary_hash\" : \"" + hash, "\"vocabulary_hash\" : \"" + "0".repeat(64));
    Files.write(
        folder.resolve("_SUCCESS"),
        BundleCheck.success(Files.readAllBytes(folder.resolve("manifest.json"))));

    assertRefused(
        "manifest.json contradicts itself: vocabulary_hash is not that of vocabulary.txt");
  }

  @Test
  void replaceMetrics_isSeenByAll() throws IOException {
    Bundle reader = Bundle.open(CONFIGURATION, published.path());

    published.replaceMetrics(Bundles.accuracy(0.5));
    published.replaceMetrics(Bundles.accuracy(0.75));

    assertThat(reader.metrics()).isEqualTo(Bundles.accuracy(0.75));
    assertThat(Bundle.open(CONFIGURATION, published.path()).metrics())
        .isEqualTo(Bundles.accuracy(0.75));
    assertThat(Bundles.names(folder))
        .containsExactly(
            "_SUCCESS",
            "labels.txt",
            "manifest.json",
            "metrics.json",
            "network.zip",
            "vocabulary.txt");
  }

  private static void readFirstByte(Bundle bundle) throws IOException {
    try (InputStream in = bundle.read(Bundle.NETWORK)) {
      assertThat(in.read()).isNotNegative();
    }
  }

  private String alter(String file) throws IOException {
    byte[] content = Files.readAllBytes(folder.resolve(file));
    content[3] ^= 1;
    Files.write(folder.resolve(file), content);
    return Sha256.of(content);
  }

  private void replaceInManifest(String before, String after) throws IOException {
    String json = Files.readString(folder.resolve("manifest.json"));
    assertThat(json).contains(before);
    Files.writeString(folder.resolve("manifest.json"), json.replace(before, after));
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> Bundle.open(CONFIGURATION, models, "ages", "current"))
        .isInstanceOf(BundleException.class)
        .hasMessage(unusable(reason));
  }

  private String unusable(String reason) {
    return "Cannot use the model at " + published.path() + ": " + reason + REMEDY;
  }
}
