package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
          "Unknown key '%s' (%s).%s conf/reference.conf lists every key."
              .formatted(key, leaf.value().origin().description(), suggestion(key)));
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

  /** The nearest key, unless it is far away. */
  private String suggestion(String key) {
    return keys.stream()
        .min(Comparator.comparingInt(known -> distance(key, known)))
        .filter(nearest -> distance(key, nearest) <= Math.max(2, key.length() / 4))
        .map(" Did you mean '%s'?"::formatted)
        .orElse("");
  }

  /** Edits, whatever the case and the hyphens. */
  private static int distance(String key, String known) {
    LevenshteinDistance edits = LevenshteinDistance.getDefaultInstance();
    String given = plain(key);
    String other = plain(known);
    return Math.min(edits.apply(given, other), 1 + edits.apply(lastPart(given), lastPart(other)));
  }

  private static String plain(String key) {
    return key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
