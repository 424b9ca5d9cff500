package io.meanmax.bundle;

import static io.meanmax.bundle.Bundles.CONFIGURATION;
import static io.meanmax.bundle.Bundles.description;
import static io.meanmax.bundle.Bundles.filled;
import static io.meanmax.bundle.Bundles.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleWriterTest {

  @TempDir java.nio.file.Path temporary;
  private Path models;
  private java.nio.file.Path model;

  @BeforeEach
  void locate() {
    models = Bundles.hadoop(temporary);
    model = temporary.resolve("ages");
  }

  @Test
  void publish_namesTheVersionByTimeAndLeavesNothingElse() throws IOException {
    Bundle bundle = Bundles.publish(models, "ages");

    String version = bundle.manifest().version();
    assertThat(version).matches("\\d{8}-\\d{6}-[0-9a-f]{4}");
    assertThat(bundle.manifest().createdAt().toString().replaceAll("[-:]", ""))
        .startsWith(version.substring(0, 15).replace('-', 'T'));
    assertThat(Bundles.names(model)).containsExactly(version, "current");
    assertThat(Files.readString(model.resolve("current"))).isEqualTo(version + "\n");
  }

  @Test
  void beforePublish_nothingIsVisible() throws IOException {
    ModelRegistry registry = new ModelRegistry(CONFIGURATION, models);
    try (BundleWriter writer = filled(BundleWriter.open(CONFIGURATION, models, "ages"))) {
      assertThat(registry.names()).isEmpty();
      assertThat(registry.versions("ages")).isEmpty();
      assertThatThrownBy(() -> registry.open("ages", "current"))
          .hasMessageContaining("has no current version; set it to one of []");

      Bundle bundle = writer.publish(description(), CurrentUpdate.SET_CURRENT);

      assertThat(registry.open("ages", "current").path()).isEqualTo(bundle.path());
    }
  }

  @Test
  void close_withoutPublish_leavesNothing() throws IOException {
    BundleWriter writer = filled(BundleWriter.open(CONFIGURATION, models, "ages"));
    assertThat(Bundles.names(model)).hasSize(1);

    writer.close();
    writer.close();

    assertThat(Bundles.names(model)).isEmpty();
  }

  @Test
  void publish_keepingCurrent_leavesIt() throws IOException {
    Bundles.publish(models, "ages", ids("v1"), CurrentUpdate.SET_CURRENT);
    Bundles.publish(models, "ages", ids("v2"), CurrentUpdate.KEEP_CURRENT);

    assertThat(Files.readString(model.resolve("current"))).isEqualTo("v1\n");
    assertThat(Bundles.names(model)).containsExactly("current", "v1", "v2");
  }

  @Test
  void publish_toATakenVersion_takesTheNextAndNeverMovesInto() throws IOException {
    Bundles.publish(models, "ages", ids("v1"), CurrentUpdate.SET_CURRENT);
    Files.createDirectory(model.resolve("v2"));

    Bundle bundle =
        Bundles.publish(models, "ages", ids("v1", "v2", "v3"), CurrentUpdate.SET_CURRENT);

    assertThat(bundle.path().getName()).isEqualTo("v3");
    assertThat(bundle.manifest().version()).isEqualTo("v3");
    assertThat(Bundles.names(model)).containsExactly("current", "v1", "v2", "v3");
    assertThat(Bundles.names(model.resolve("v1"))).hasSize(6);
    assertThat(Bundles.names(model.resolve("v2"))).isEmpty();
  }

  @Test
  void publish_withOnlyTakenVersions_fails() throws IOException {
    Bundles.publish(models, "ages", ids("v1"), CurrentUpdate.SET_CURRENT);

    assertThatThrownBy(
            () ->
                Bundles.publish(
                    models, "ages", ids("v1", "v1", "v1", "v1", "v1"), CurrentUpdate.SET_CURRENT))
        .isInstanceOf(BundleException.class)
        .hasMessageEndingWith("/ages: there is a version 'v1' already");
    assertThat(Bundles.names(model)).containsExactly("current", "v1");
  }

  @Test
  void publish_withoutARequiredFile_namesIt() throws IOException {
    try (BundleWriter writer = BundleWriter.open(CONFIGURATION, models, "ages")) {
      Bundles.write(writer, Bundle.NETWORK, "x");
      Bundles.write(writer, Bundle.LABELS, "x");

      assertThatThrownBy(() -> writer.publish(description(), CurrentUpdate.SET_CURRENT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Write before publishing to ")
          .hasMessageEndingWith("/ages: vocabulary.txt");
    }
    assertThat(Bundles.names(model)).isEmpty();
  }

  @Test
  void publish_withAnOpenFile_namesIt() throws IOException {
    try (BundleWriter writer = filled(BundleWriter.open(CONFIGURATION, models, "ages"));
        OutputStream open = writer.file("stopwords.txt")) {
      open.write('x');
      assertThatThrownBy(() -> writer.publish(description(), CurrentUpdate.SET_CURRENT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("/ages: [stopwords.txt]");
    }
  }

  @Test
  void file_beyondTheRequired_isKeptAndChecked() throws IOException {
    try (BundleWriter writer = filled(BundleWriter.open(CONFIGURATION, models, "ages"))) {
      Bundles.write(writer, "stopwords.txt", "the\n");
      writer.metrics(Bundles.accuracy(0.25));
      Bundle bundle = writer.publish(description(), CurrentUpdate.KEEP_CURRENT);

      assertThat(Bundles.text(bundle, "stopwords.txt")).isEqualTo("the\n");
      assertThat(bundle.manifest().files().get("stopwords.txt").bytes()).isEqualTo(4);
      assertThat(bundle.metrics()).isEqualTo(Bundles.accuracy(0.25));
      assertThatThrownBy(() -> writer.file("late.txt"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("/ages is published already");
    }
  }

  @Test
  void file_twice_isRefused() throws IOException {
    try (BundleWriter writer = filled(BundleWriter.open(CONFIGURATION, models, "ages"))) {
      assertThatThrownBy(() -> writer.file(Bundle.LABELS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("labels.txt has been written to ");
      assertThatThrownBy(() -> writer.file("_SUCCESS"))
          .isInstanceOf(BundleException.class)
          .hasMessageStartingWith("Bad file name '_SUCCESS'");
      assertThatThrownBy(() -> writer.file(Bundle.METRICS))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", ".hidden", "_tmp-x", "a b", "年齢", "a:b", "a\n"})
  void open_withABadName_saysTheRule(String name) {
    assertThatThrownBy(() -> BundleWriter.open(CONFIGURATION, models, name))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            "Bad model name '"
                + name
                + "': use 1 to 128 of the letters A-Z and a-z, digits, '.', '_' and '-', the first"
                + " neither '.' nor '_'");
  }

  @Test
  void open_takesNamesUpTo128() throws IOException {
    String longest = "a".repeat(128);

    assertThat(Bundles.publish(models, longest).manifest().model()).isEqualTo(longest);
    assertThatThrownBy(() -> BundleWriter.open(CONFIGURATION, models, longest + "a"))
        .isInstanceOf(BundleException.class);
  }

  @Test
  void open_whereAFileIs_saysWhatToCheck() throws IOException {
    Files.writeString(temporary.resolve("file"), "x");

    assertThatThrownBy(() -> BundleWriter.open(CONFIGURATION, new Path(models, "file"), "ages"))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("Cannot create the folder ")
        .hasMessageContaining("; check the path and that you may write");
  }

  @Test
  void publish_overAStaleChecksumFile_isReadByAll() throws IOException {
    Bundles.publish(models, "ages", ids("v1"), CurrentUpdate.SET_CURRENT);
    Files.write(
        model.resolve(".current.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});
    assertThat(Bundle.open(CONFIGURATION, models, "ages", "current").path().getName())
        .isEqualTo("v1");

    Bundles.publish(models, "ages", ids("v2"), CurrentUpdate.SET_CURRENT);

    Path current = new Path(models, "ages/current");
    try (var in = current.getFileSystem(CONFIGURATION).open(current)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("v2\n");
    }
  }

  /** The way through FileContext that every file system but the local one takes. */
  @Test
  void publish_onAnotherFileSystem_worksTheSame() throws IOException {
    Configuration mounted = new Configuration(CONFIGURATION);
    mounted.set("fs.viewfs.mounttable.default.link./mounted", temporary.toUri().toString());
    Path root = new Path("viewfs:///mounted");
    for (int run = 0; run < 2; run++) {
      try (BundleWriter writer = BundleWriter.open(mounted, root, "ages", ids("v1", "v2"))) {
        filled(writer).publish(description(), CurrentUpdate.SET_CURRENT);
      }
    }
    Bundle bundle = Bundle.open(mounted, root, "ages", "current");
    bundle.replaceMetrics(Bundles.accuracy(1));
    bundle.verify();

    assertThat(bundle.path()).hasToString("viewfs:/mounted/ages/v2");
    assertThat(bundle.metrics()).isEqualTo(Bundles.accuracy(1));
    assertThat(new ModelRegistry(mounted, root).deleteOld("ages", 1)).containsExactly("v1");
    assertThat(new ModelRegistry(mounted, root).versions("ages")).hasSize(1);
  }
}
