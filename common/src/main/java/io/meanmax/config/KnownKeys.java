package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The keys that the reference lists. Immutable. */
final class KnownKeys {

  /** Groups whose keys are not ours to know. */
  private static final List<String> OPEN = List.of(SparkKeys.GROUP, "tokenizer.lucene.tokenizer");

  private final TreeSet<String> keys;

  KnownKeys(Config reference) {
    this.keys =
        Leaf.of(reference).stream().map(Leaf::key).collect(Collectors.toCollection(TreeSet::new));
    keys.remove(SparkKeys.GROUP);
  }

  /** Whether the reference lists this very key. */
  boolean contains(String key) {
    return keys.contains(key);
  }

  /**
   * Checks every key of a source.
   *
   * @throws ConfigurationException for the first that is not known
   */
  void check(Config source) {
    for (Leaf leaf : Leaf.of(source)) {
      String key = leaf.key();
      if (!keys.contains(key) && !isOpen(key)) {
        checkGroup(leaf);
      }
    }
  }

  private static boolean isOpen(String key) {
    return OPEN.stream().anyMatch(open -> key.startsWith(open + "."));
  }

  private void checkGroup(Leaf leaf) {
    String key = leaf.key();
    String child = key.equals(SparkKeys.GROUP) ? SparkKeys.EXAMPLE : keys.ceiling(key + ".");
    if (child == null || !child.startsWith(key + ".")) {
      throw new ConfigurationException(
          "Unknown key '%s' (%s). Did you mean '%s'? conf/reference.conf lists every key."
              .formatted(key, leaf.value().origin().description(), nearest(key, keys)));
    }
    if (leaf.isResolved() && leaf.value().valueType() != ConfigValueType.OBJECT) {
      throw new ConfigurationException(
          ("'%s' is a group of keys and has no value of its own; found %s (%s). Set one of its"
                  + " keys, for instance %s")
              .formatted(
                  key,
                  leaf.value().render(ConfigRenderOptions.concise()),
                  leaf.value().origin().description(),
                  child));
    }
  }

  private static String nearest(String key, Set<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    Comparator<String> byDistance =
        Comparator.comparingInt(
            candidate ->
                Math.min(
                    distance.apply(key, candidate),
                    1 + distance.apply(lastPart(key), lastPart(candidate))));
    return known.stream().min(byDistance).orElseThrow();
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
