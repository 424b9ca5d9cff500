package io.meanmax.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of what is written down. Keys that the reference lists hold none, any other is
 * judged by its name. A value of Spark is judged too, for Java options carry passwords; and in any
 * value and any message what looks like a secret is hidden, such as the {@code user:password@} of a
 * URL.
 */
public final class Secrets {
  private static final String REDACTED = "***";

  /**
   * What a key that holds a secret has in its name, as a regular expression; case is ignored. It
   * may hide a mere path to a secret, too. scripts/submit-kubernetes has it, and says which it
   * takes.
   */
  public static final String NAMES =
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

  /**
   * In any text: {@code //user:password@}, Oracle's {@code jdbc:oracle:thin:user/password@}, {@code
   * ?sig=…}, {@code password=…}, {@code "password": "…"}. conf/log4j2*.properties hold most of it.
   */
  private static final Pattern SHOWN =
      Pattern.compile(
          "(://)[^/\\s:@]*:[^/\\s]*(?=@)"
              + "|(jdbc:oracle:\\w+:)[^/\\s@]+/[^@\\s]+(?=@)"
              + "|([?&](?:sig|signature|x-amz-signature|x-amz-security-token)=)[^&\\s\"']+"
              + "|((?:"
              + NAMES
              + ")[\\w.-]*(?:\\s*=\\s*|[\"']\\s*:\\s*)[\"']?)[^\\s\"',;&]+",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /** A text, such as a message, with {@code ***} for what looks like a secret in it. */
  public static String hide(String text) {
    return SHOWN.matcher(text).replaceAll("$1$2$3$4" + Matcher.quoteReplacement(REDACTED));
  }

  /** Whether something in a text is called as secrets are. */
  static boolean isNamedIn(String text) {
    return NAME.matcher(text).find();
  }

  /** The settings with {@code ***} for each secret. */
  static Config redact(Config settings, KnownKeys known) {
    Config redacted = settings;
    for (Leaf leaf : Leaf.of(settings)) {
      if (!known.contains(leaf.key()) && isSecret(leaf)) {
        redacted = redacted.withValue(leaf.expression(), ConfigValueFactory.fromAnyRef(REDACTED));
      } else if (leaf.value().unwrapped() instanceof String text && SHOWN.matcher(text).find()) {
        redacted = redacted.withValue(leaf.expression(), ConfigValueFactory.fromAnyRef(hide(text)));
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
