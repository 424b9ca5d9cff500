package io.meanmax.bundle;

import static io.meanmax.bundle.Bundles.CONFIGURATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BundleConcurrencyTest {

  private static final int THREADS = 8;

  @TempDir java.nio.file.Path temporary;
  private Path models;
  private ExecutorService threads;

  @BeforeEach
  void start() {
    models = Bundles.hadoop(temporary);
    threads = Executors.newFixedThreadPool(THREADS);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void publish_fromManyThreads_keepsEveryVersion() throws Exception {
    List<String> published = new ArrayList<>();
    List<Callable<Bundle>> runs = new ArrayList<>();
    for (int i = 0; i < THREADS * 4; i++) {
      runs.add(() -> Bundles.publish(models, "ages"));
    }
    for (Future<Bundle> run : threads.invokeAll(runs)) {
      published.add(run.get().manifest().version());
    }

    ModelRegistry registry = new ModelRegistry(CONFIGURATION, models);
    assertThat(registry.versions("ages"))
        .allMatch(VersionSummary::complete)
        .extracting(VersionSummary::version)
        .containsExactlyInAnyOrderElementsOf(published);
    assertThat(published).contains(registry.resolve("ages", "current"));
    assertThat(Bundles.names(temporary.resolve("ages"))).hasSize(published.size() + 1);
  }

  @Test
  void publish_withOneVersionNameForAll_losesNone() throws Exception {
    List<Callable<Bundle>> runs = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String own = "own-" + i;
      runs.add(
          () ->
              Bundles.publish(models, "ages", Bundles.ids("same", own), CurrentUpdate.SET_CURRENT));
    }
    for (Future<Bundle> run : threads.invokeAll(runs)) {
      run.get().verify();
    }

    assertThat(new ModelRegistry(CONFIGURATION, models).versions("ages"))
        .hasSize(THREADS)
        .allMatch(VersionSummary::complete)
        .extracting(VersionSummary::version)
        .contains("same");
  }

  @Test
  void open_whileCurrentChanges_alwaysFindsAWholeVersion() throws Exception {
    List<String> versions =
        List.of(
            Bundles.publish(models, "ages").manifest().version(),
            Bundles.publish(models, "ages").manifest().version());
    AtomicBoolean ended = new AtomicBoolean();
    List<Future<Integer>> readers = new ArrayList<>();
    for (int i = 1; i < THREADS; i++) {
      readers.add(threads.submit(() -> readUntil(ended, versions)));
    }
    ModelRegistry registry = new ModelRegistry(CONFIGURATION, models);
    for (int i = 0; i < 60; i++) {
      registry.setCurrent("ages", versions.get(i % 2));
    }
    ended.set(true);

    for (Future<Integer> reader : readers) {
      assertThat(reader.get()).isPositive();
    }
  }

  private int readUntil(AtomicBoolean ended, List<String> versions) throws Exception {
    int reads = 0;
    do {
      Bundle bundle = Bundle.open(CONFIGURATION, models, "ages", "current");
      assertThat(versions).contains(bundle.manifest().version());
      assertThat(Bundles.text(bundle, Bundle.NETWORK)).isEqualTo(Bundles.NETWORK_BYTES);
      reads++;
    } while (!ended.get());
    return reads;
  }
}
