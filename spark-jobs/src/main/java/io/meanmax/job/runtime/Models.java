package io.meanmax.job.runtime;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.TextClassifier;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Models as tasks see them: a task carries only the path, and each JVM loads a model once, from the
 * file system.
 */
public final class Models {
  private static final int KEPT = 2;
  private static final Map<String, TextClassifier> LOADED =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TextClassifier> eldest) {
          return size() > KEPT;
        }
      };

  private Models() {}

  /** Where a model version lies, in a form that travels with a task. */
  public static final class Reference implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String path;
    private final String key;
    private final Broadcast<SerializableConfiguration> hadoop;

    private Reference(String path, String key, Broadcast<SerializableConfiguration> hadoop) {
      this.path = path;
      this.key = key;
      this.hadoop = hadoop;
    }

    /** The model, loaded by the first task of this JVM that asks. */
    public TextClassifier load() {
      synchronized (LOADED) {
        TextClassifier model = LOADED.get(key);
        if (model == null) {
          model = TextClassifier.load(Bundle.open(hadoop.value().value(), new Path(path)));
          LOADED.put(key, model);
        }
        return model;
      }
    }
  }

  /** A reference to a model version, which was opened before and so is known to be complete. */
  public static Reference reference(JavaSparkContext sc, Bundle bundle) {
    return new Reference(
        bundle.path().toString(),
        bundle.path() + "@" + bundle.manifest().createdAt(),
        sc.broadcast(new SerializableConfiguration(sc.hadoopConfiguration())));
  }
}
