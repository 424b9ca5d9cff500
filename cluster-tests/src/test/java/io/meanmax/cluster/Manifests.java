package io.meanmax.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files in {@code conf/kubernetes}, as the Kubernetes client reads them. */
final class Manifests {
  private Manifests() {}

  static Path path(String file) {
    return Built.ROOT.resolve("conf/kubernetes").resolve(file);
  }

  /** All objects of a file. */
  static List<HasMetadata> all(String file) {
    try (KubernetesClient client = new KubernetesClientBuilder().build();
        InputStream in = Files.newInputStream(path(file))) {
      return client.load(in).items();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one object of a kind. */
  static <T extends HasMetadata> T one(String file, Class<T> kind) {
    List<T> found = all(file).stream().filter(kind::isInstance).map(kind::cast).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "%s has %d objects of kind %s".formatted(file, found.size(), kind.getSimpleName()));
    }
    return found.get(0);
  }
}
