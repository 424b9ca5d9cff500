package io.meanmax.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where documents come from and how they are read. Exactly one of {@code path}, {@code table} and
 * {@code query} is set.
 *
 * @param path file, folder or glob on any Hadoop file system, or null
 * @param table Hive table, or null
 * @param partition partitions of the table; empty for all of it
 * @param query SQL query, or null
 * @param format how files are read; {@link Format#AUTO} where the path does not tell, for instance
 *     of a folder: then its files do, see {@link #like}
 * @param labelPrefix what a fastText label begins with, not empty
 * @param idColumn column of ids, or null to find or make them
 * @param textColumn column of texts
 * @param labelColumn column of labels
 * @param weightColumn column of example weights, or null for weight 1
 * @param csvDelimiter one character between CSV fields
 * @param csvMultiLine whether a quoted CSV field may hold line breaks
 * @param maxRowBytes a row whose text is longer is rejected, in UTF-8 bytes
 * @param maxRejectedFraction the share of rows, 0 to 1, that may be rejected
 */
public record InputConfig(
    String path,
    String table,
    PartitionSpec partition,
    String query,
    Format format,
    String labelPrefix,
    String idColumn,
    String textColumn,
    String labelColumn,
    String weightColumn,
    char csvDelimiter,
    boolean csvMultiLine,
    int maxRowBytes,
    double maxRejectedFraction)
    implements java.io.Serializable {

  /** How the files of documents are read. */
  public enum Format {
    AUTO,
    FASTTEXT,
    CSV,
    JSON,
    PARQUET,
    ORC
  }

  /**
   * Reads {@code input.*}.
   *
   * @throws ConfigurationException if no documents are given
   */
  public static InputConfig from(Settings settings) {
    return optional(settings)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "Say which documents to read: input.path (--input), input.table"
                        + " (--input-table) or input.query (--input-query)"));
  }

  /** Reads {@code input.*} where documents need not be given. */
  public static Optional<InputConfig> optional(Settings settings) {
    return from(settings, "input.path", "input.");
  }

  /** Reads {@code input.*} for the test documents, if there are any. */
  public static Optional<InputConfig> test(Settings settings) {
    return from(settings, "input.test", "input.test-");
  }

  private static Optional<InputConfig> from(Settings settings, String pathKey, String group) {
    List<String> keys = List.of(pathKey, group + "table", group + "query");
    List<String> given = keys.stream().filter(key -> settings.textOrNull(key) != null).toList();
    if (given.size() > 1) {
      throw new ConfigurationException(
          "Give only one of %s, %s and %s; found ".formatted(keys.toArray())
              + given.stream()
                  .map(key -> key + " = " + settings.found(key))
                  .collect(Collectors.joining(", ")));
    }
    String partitionKey = group + "partition";
    PartitionSpec partition = PartitionSpec.withValues(settings, partitionKey);
    if (!partition.isEmpty() && settings.textOrNull(keys.get(1)) == null) {
      throw new ConfigurationException(
          "%s is %s, but %s says no table"
              .formatted(partitionKey, settings.found(partitionKey), keys.get(1)));
    }
    return given.isEmpty() ? Optional.empty() : Optional.of(of(settings, keys, partition));
  }

  private static InputConfig of(Settings settings, List<String> keys, PartitionSpec partition) {
    String path = settings.textOrNull(keys.get(0));
    return new InputConfig(
        path,
        settings.textOrNull(keys.get(1)),
        partition,
        settings.textOrNull(keys.get(2)),
        format(settings.choice("input.format", Format.class), path),
        settings.text("input.label-prefix"),
        settings.textOrNull("input.id-column"),
        settings.text("input.text-column"),
        settings.text("input.label-column"),
        settings.textOrNull("input.weight-column"),
        delimiter(settings, path),
        settings.flag("input.csv.multi-line"),
        settings.integer("input.max-row-bytes", 1, 1 << 30),
        settings.number("input.max-rejected-fraction", 0, 1));
  }

  private static Format format(Format format, String path) {
    if (format != Format.AUTO) {
      return format;
    }
    if (path == null) {
      return Format.PARQUET;
    }
    return switch (extension(path)) {
      case "csv", "tsv" -> Format.CSV;
      case "json", "jsonl", "ndjson" -> Format.JSON;
      case "parquet" -> Format.PARQUET;
      case "orc" -> Format.ORC;
      case "" -> Format.AUTO;
      default -> Format.FASTTEXT;
    };
  }

  /** These settings with the format that a file's name tells; fastText where it tells none. */
  public InputConfig like(String file) {
    Format told = format(Format.AUTO, file);
    return new InputConfig(
        path,
        table,
        partition,
        query,
        told == Format.AUTO ? Format.FASTTEXT : told,
        labelPrefix,
        idColumn,
        textColumn,
        labelColumn,
        weightColumn,
        extension(file).equals("tsv") && csvDelimiter == ',' ? '\t' : csvDelimiter,
        csvMultiLine,
        maxRowBytes,
        maxRejectedFraction);
  }

  /** What follows the last dot of a file's name, without that of a compression; else empty. */
  private static String extension(String path) {
    String name =
        path.toLowerCase(Locale.ROOT).replaceFirst("/+$", "").replaceFirst("\\.(gz|bz2)$", "");
    name = name.substring(name.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  private static char delimiter(Settings settings, String path) {
    String text = settings.textAsItStands("input.csv.delimiter");
    if (text.equals("auto")) {
      return path != null && extension(path).equals("tsv") ? '\t' : ',';
    }
    if (text.length() != 1) {
      throw settings.wrong(
          "input.csv.delimiter", "auto or one character (\"\\t\" for a tab)", null);
    }
    return text.charAt(0);
  }

  /** What messages and records call this source; secrets in it are hidden. */
  public String describe() {
    if (path != null) {
      return Secrets.hide(path);
    }
    if (query != null) {
      return "query \"" + Secrets.hide(query) + "\"";
    }
    return partition.isEmpty() ? "table " + table : "table " + table + " partition " + partition;
  }
}
