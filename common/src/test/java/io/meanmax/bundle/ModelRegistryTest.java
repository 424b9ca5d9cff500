package io.meanmax.bundle;

import static io.meanmax.bundle.Bundles.CONFIGURATION;
import static io.meanmax.bundle.Bundles.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {

  @TempDir java.nio.file.Path temporary;
  private Path models;
  private ModelRegistry registry;

  @BeforeEach
  void publish() throws IOException {
    models = Bundles.hadoop(temporary);
    registry = new ModelRegistry(CONFIGURATION, models);
    for (String version : new String[] {"v1", "v3", "v2", "v4"}) {
      Bundles.publish(models, "ages", ids(version), CurrentUpdate.KEEP_CURRENT);
    }
    registry.setCurrent("ages", "v2");
  }

  @Test
  void names_areThoseOfModelsOnly() throws IOException {
    Bundles.publish(models, "Zurich", ids("v1"), CurrentUpdate.SET_CURRENT);
    Files.createDirectories(temporary.resolve("empty"));
    Files.createDirectories(temporary.resolve("crashed/_tmp-version-1"));
    Files.createDirectories(temporary.resolve(".hidden/v1"));
    Files.writeString(temporary.resolve("README"), "x");

    assertThat(registry.names()).containsExactly("Zurich", "ages");
  }

  @Test
  void names_ofAMissingFolder_fails() {
    ModelRegistry missing = new ModelRegistry(CONFIGURATION, new Path(models, "nowhere"));

    assertThatThrownBy(missing::names)
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("There is no folder of models at ")
        .hasMessageEndingWith("/nowhere; check the path");
    assertThatThrownBy(() -> missing.versions("ages"))
        .hasMessageStartingWith("There is no folder of models at ");
  }

  @Test
  void versions_areNewestFirstWithTheCurrentMarked() {
    assertThat(registry.versions("ages"))
        .extracting(VersionSummary::version)
        .containsExactly("v4", "v3", "v2", "v1");
    assertThat(registry.versions("ages"))
        .filteredOn(VersionSummary::current)
        .extracting(VersionSummary::version)
        .containsExactly("v2");
    assertThat(registry.versions("ages").get(0).manifest().orElseThrow().metrics())
        .containsEntry("validation_accuracy", 0.75);
  }

  @Test
  void versions_areOrderedByTime_whateverTheirNames() throws IOException {
    Path model = new Path(models, "named");
    for (String version : new String[] {"b", "c", "a"}) {
      try (BundleWriter writer = BundleWriter.open(CONFIGURATION, models, "named", version)) {
        Bundles.filled(writer).publish(Bundles.description(), CurrentUpdate.KEEP_CURRENT);
      }
    }
    assertThat(registry.versions("named"))
        .isSortedAccordingTo(
            Comparator.comparing(
                    (VersionSummary version) -> version.manifest().orElseThrow().createdAt())
                .reversed());
    assertThat(registry.current("named")).isEmpty();
    assertThat(registry.current("ages")).hasValue("v2");
    assertThat(registry.current("nobody")).isEmpty();
    try (BundleWriter writer = BundleWriter.open(CONFIGURATION, models, "named", "b")) {
      Bundles.filled(writer);
      assertThatThrownBy(() -> writer.publish(Bundles.description(), CurrentUpdate.SET_CURRENT))
          .isInstanceOf(BundleException.class)
          .hasMessage("Cannot publish to %s: there is a version 'b' already", qualified(model));
    }
    assertThatThrownBy(() -> BundleWriter.open(CONFIGURATION, models, "named", "current"))
        .isInstanceOf(BundleException.class);
  }

  private static Path qualified(Path path) throws IOException {
    return path.getFileSystem(CONFIGURATION).makeQualified(path);
  }

  @Test
  void versions_showWhyOneCannotBeUsed() throws IOException {
    Files.delete(temporary.resolve("ages/v3/network.zip"));

    VersionSummary broken = registry.versions("ages").get(1);

    assertThat(broken.complete()).isFalse();
    assertThat(broken.manifest()).isEmpty();
    assertThat(broken.problem().orElseThrow()).contains("v3: network.zip is missing; ");
  }

  @Test
  void resolve_takesCurrentOrAVersion() {
    assertThat(registry.resolve("ages", "current")).isEqualTo("v2");
    assertThat(registry.resolve("ages", "v1")).isEqualTo("v1");
    assertThatThrownBy(() -> registry.resolve("ages", "../x"))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("Bad version '../x': use 1 to 128 of ");
  }

  @Test
  void resolve_ofADamagedPointer_saysWhatToDo() throws IOException {
    Files.writeString(temporary.resolve("ages/current"), "");

    assertThatThrownBy(() -> registry.resolve("ages", "current"))
        .isInstanceOf(BundleException.class)
        .hasMessageEndingWith(
            "/ages/current names no version, it holds ''; set the current version again");
    registry.setCurrent("ages", "v1");
    assertThat(registry.resolve("ages", "current")).isEqualTo("v1");
  }

  @Test
  void open_ofACurrentThatIsGone_namesIt() throws IOException {
    Files.writeString(temporary.resolve("ages/current"), "v9\n");

    assertThatThrownBy(() -> registry.open("ages", "current"))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("Model 'ages' has no version 'v9' in ");
    assertThatThrownBy(() -> registry.deleteOld("ages", 1))
        .isInstanceOf(BundleException.class)
        .hasMessageEndingWith(
            ": its current version 'v9' does not exist; set the current version first");
    assertThat(registry.versions("ages")).hasSize(4);
  }

  @Test
  void setCurrent_toSomethingUnusable_changesNothing() throws IOException {
    Files.delete(temporary.resolve("ages/v1/_SUCCESS"));
    Files.writeString(
        temporary.resolve("ages/v3/network.zip"), Bundles.NETWORK_BYTES.replace("not", "now"));

    assertThatThrownBy(() -> registry.setCurrent("ages", "v1"))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("_SUCCESS is missing");
    assertThatThrownBy(() -> registry.setCurrent("ages", "v3"))
        .hasMessageContaining("network.zip was altered");
    assertThatThrownBy(() -> registry.setCurrent("ages", "v9"))
        .hasMessageContaining("has no version 'v9'");
    assertThatThrownBy(() -> registry.setCurrent("ages", "current"))
        .hasMessage("'current' names the live version and cannot be a version's name");
    assertThat(registry.resolve("ages", "current")).isEqualTo("v2");
  }

  @Test
  void setCurrent_whereItCannotBeWritten_leavesNothingBehind() throws IOException {
    Files.delete(temporary.resolve("ages/current"));
    Files.createDirectories(temporary.resolve("ages/current"));

    assertThatThrownBy(() -> registry.setCurrent("ages", "v1"))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("Cannot replace " + registry.open("ages", "v1").path().getParent())
        .hasMessageContaining("/current; check that you may write there (");
    assertThat(Bundles.names(temporary.resolve("ages")))
        .containsExactly("current", "v1", "v2", "v3", "v4");
  }

  @Test
  void deleteOld_keepsTheNewestAndTheCurrent() throws IOException {
    assertThat(registry.deleteOld("ages", 1)).containsExactly("v3", "v1");

    assertThat(Bundles.names(temporary.resolve("ages"))).containsExactly("current", "v2", "v4");
    assertThat(registry.deleteOld("ages", 1)).isEmpty();
  }

  @Test
  void deleteOld_countsTheCurrentAmongTheNewest() {
    assertThat(registry.deleteOld("ages", 3)).containsExactly("v1");
    assertThat(registry.deleteOld("ages", 3)).isEmpty();
  }

  @Test
  void deleteOld_countsOnlyCompleteVersions() throws IOException {
    Files.delete(temporary.resolve("ages/v4/_SUCCESS"));
    Files.delete(temporary.resolve("ages/v1/_SUCCESS"));

    assertThat(registry.deleteOld("ages", 2)).containsExactly("v1");
    assertThat(Bundles.names(temporary.resolve("ages")))
        .containsExactly("current", "v2", "v3", "v4");
  }

  @Test
  void deleteOld_keepingNone_isRefused() {
    assertThatThrownBy(() -> registry.deleteOld("ages", 0))
        .isInstanceOf(BundleException.class)
        .hasMessage("Cannot keep the newest 0 versions of 'ages': keep at least 1");
    assertThat(registry.versions("ages")).hasSize(4);
  }

  @Test
  void delete_ofTheCurrent_isRefused() {
    assertThatThrownBy(() -> registry.delete("ages", "v2"))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("Cannot delete version 'v2' of 'ages' in ")
        .hasMessageEndingWith(": it is the current one; set another first");
    assertThatThrownBy(() -> registry.delete("ages", "v9"))
        .hasMessageEndingWith(" has no version 'v9' to delete");

    registry.delete("ages", "v4");

    assertThat(registry.versions("ages")).hasSize(3);
  }
}
