package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of what is written down. Keys that the reference lists hold none; any other is
 * judged by its name, and one of Spark by its value too, for Java options carry passwords.
 */
final class Secrets {
  static final String REDACTED = "***";

  private static final Pattern SECRET =
      Pattern.compile(
          "secret|passw|pwd|passphrase|credential"
              + "|(access|api|private|account|encryption|shared)[._-]?key"
              + "|(session|access|auth|oauth|bearer|refresh)[._-]?token|[._]sas[._]",
          Pattern.CASE_INSENSITIVE);

  /** Only of Spark: a Lucene tokenizer has parameters like {@code maxTokenLength}. */
  private static final Pattern TOKEN = Pattern.compile("token", Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** The settings with {@code ***} for each secret. */
  static Config redact(Config settings, KnownKeys known) {
    Config redacted = settings;
    for (Leaf leaf : Leaf.of(settings)) {
      if (!known.contains(leaf.key()) && isSecret(leaf)) {
        redacted = redacted.withValue(leaf.expression(), ConfigValueFactory.fromAnyRef(REDACTED));
      }
    }
    return redacted;
  }

  private static boolean isSecret(Leaf leaf) {
    String key = leaf.key();
    if (SECRET.matcher(key).find()) {
      return true;
    }
    String value = String.valueOf(leaf.value().unwrapped());
    return key.startsWith(SparkKeys.GROUP + ".")
        && (TOKEN.matcher(key).find()
            || SECRET.matcher(value).find()
            || TOKEN.matcher(value).find());
  }
}
