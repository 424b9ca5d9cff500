package io.meanmax.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Partitions of a Hive table, written as Hive names them: {@code day=2026-11-20/hour=7}. Characters
 * that would end a value are written as in such a name, {@code %2F} for {@code /}.
 *
 * @param columns in the order given, none twice; empty: no partition is named
 */
public record PartitionSpec(List<Column> columns) implements java.io.Serializable {
  /** Names no partition. */
  public static final PartitionSpec NONE = new PartitionSpec(List.of());

  /**
   * A partition column.
   *
   * @param name its name
   * @param value the value that all rows get, or null where each row brings its own
   */
  public record Column(String name, String value) implements java.io.Serializable {
    @Override
    public String toString() {
      return value == null ? name : name + "=" + value;
    }
  }

  public PartitionSpec {
    columns = List.copyOf(columns);
  }

  /** Reads a key that may be null; then it names no partition. */
  static PartitionSpec from(Settings settings, String key) {
    String text = settings.textOrNull(key);
    if (text == null) {
      return NONE;
    }
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : text.split("/", -1)) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      String value = equals < 0 ? null : part.substring(equals + 1);
      if (name.isEmpty()
          || (value != null && value.isEmpty())
          || !names.add(name.toLowerCase(Locale.ROOT))) {
        throw settings.wrong(key, "columns like day=2026-11-20/hour=7, each once", null);
      }
      columns.add(new Column(name, value == null ? null : unescape(settings, key, value)));
    }
    return new PartitionSpec(columns);
  }

  /** As {@link #from}, where every column must have a value. */
  static PartitionSpec withValues(Settings settings, String key) {
    PartitionSpec spec = from(settings, key);
    if (spec.columns.stream().anyMatch(column -> column.value() == null)) {
      throw settings.wrong(key, "columns with values, like day=2026-11-20/hour=7", null);
    }
    return spec;
  }

  private static String unescape(Settings settings, String key, String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw settings.wrong(key, "columns like day=2026-11-20, with %25 for a percent sign", e);
    }
  }

  /** Whether no partition is named. */
  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /** Whether rows bring the value of a column themselves. */
  public boolean isDynamic() {
    return columns.stream().anyMatch(column -> column.value() == null);
  }

  /** The column of this name, in any case of its letters. */
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The columns' names. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** As it is written in a message: {@code day=2026-11-20/hour}. */
  @Override
  public String toString() {
    return columns.stream().map(Column::toString).collect(Collectors.joining("/"));
  }
}
