package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of what is written down. Keys that the reference lists hold none, any other is
 * judged by its name. A value of Spark is judged too, for Java options carry passwords; and in any
 * value the {@code user:password@} of a URL is hidden.
 */
final class Secrets {
  private static final String REDACTED = "***";

  private static final String NAMES =
      "secret|passw|pwd|passphrase|credential"
          + "|(access|api|private|account|encryption|shared)[._-]?key"
          + "|(session|access|auth|oauth|bearer|refresh)[._-]?token|[._]sas[._]";

  private static final Pattern NAME = Pattern.compile(NAMES, Pattern.CASE_INSENSITIVE);

  /** Any token only of Spark: a Lucene tokenizer has parameters like {@code maxTokenLength}. */
  private static final Pattern SPARK_NAME =
      Pattern.compile(NAMES + "|token", Pattern.CASE_INSENSITIVE);

  /** {@code -Dx.password=…}, {@code ;password=…}, but not a path that holds such a word. */
  private static final Pattern ASSIGNED =
      Pattern.compile("(" + NAMES + "|token)[\\w.-]*[\"']?\\s*[=:]", Pattern.CASE_INSENSITIVE);

  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s:@]+:[^/\\s@]+@");

  private Secrets() {}

  /** The settings with {@code ***} for each secret. */
  static Config redact(Config settings, KnownKeys known) {
    Config redacted = settings;
    for (Leaf leaf : Leaf.of(settings)) {
      if (!known.contains(leaf.key()) && isSecret(leaf)) {
        redacted = redacted.withValue(leaf.expression(), ConfigValueFactory.fromAnyRef(REDACTED));
      } else if (leaf.value().unwrapped() instanceof String text
          && USER_INFO.matcher(text).find()) {
        String hidden = USER_INFO.matcher(text).replaceAll("://" + REDACTED + "@");
        redacted = redacted.withValue(leaf.expression(), ConfigValueFactory.fromAnyRef(hidden));
      }
    }
    return redacted;
  }

  private static boolean isSecret(Leaf leaf) {
    if (!leaf.key().startsWith(SparkKeys.GROUP + ".")) {
      return NAME.matcher(leaf.key()).find();
    }
    return SPARK_NAME.matcher(leaf.key()).find()
        || ASSIGNED.matcher((String) leaf.value().unwrapped()).find();
  }
}
