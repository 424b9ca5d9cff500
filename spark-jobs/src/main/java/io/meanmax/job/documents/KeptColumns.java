package io.meanmax.job.documents;

import io.meanmax.config.InputConfig;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.schema.Schemas;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Columns of a table that go with its documents into a result. On the way they are one column, a
 * struct, the last of a document's.
 */
public final class KeptColumns {
  private static final String KEPT = "_kept";

  /** Columns before the struct: id, text, label, weight. */
  private static final int DOCUMENT_COLUMNS = Schemas.DOCUMENTS.size();

  private KeptColumns() {}

  /** The struct of these columns. */
  static Column of(Dataset<Row> table, List<String> names, InputConfig input) {
    for (String name : names) {
      if (!List.of(table.columns()).contains(name)) {
        throw new JobException(
            "%s has no column '%s' to keep (keep-columns); it has %s"
                .formatted(input.describe(), name, List.of(table.columns())));
      }
    }
    return functions
        .struct(
            names.stream()
                .map(name -> table.col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new))
        .as(KEPT);
  }

  /** The columns of what is read, and the kept ones if there are any. */
  static StructType read(StructType selected) {
    return has(selected) ? Schemas.READ.add(selected.apply(KEPT)) : Schemas.READ;
  }

  private static boolean has(StructType columns) {
    return List.of(columns.fieldNames()).contains(KEPT);
  }

  /** A row made of another, with what that one keeps. */
  static Row with(Row made, Row document) {
    if (document.size() == DOCUMENT_COLUMNS) {
      return made;
    }
    Object[] values = new Object[made.size() + 1];
    for (int i = 0; i < made.size(); i++) {
      values[i] = made.get(i);
    }
    values[made.size()] = document.get(DOCUMENT_COLUMNS);
    return RowFactory.create(values);
  }

  /**
   * Columns of a result, and after them the kept ones, if its documents have any.
   *
   * @throws JobException if a kept column is called as one of the result's own
   */
  public static Dataset<Row> select(Dataset<Row> documents, Column... own) {
    Dataset<Row> result = documents.select(own);
    if (!has(documents.schema())) {
      return result;
    }
    StructType kept = (StructType) documents.schema().apply(KEPT).dataType();
    for (String name : kept.fieldNames()) {
      if (Arrays.stream(result.columns()).anyMatch(name::equalsIgnoreCase)) {
        throw new JobException(
            ("Column '%s' cannot be kept (keep-columns): the result has one of that name, %s."
                    + " Rename it in a query (input.query)")
                .formatted(name, List.of(result.columns())));
      }
    }
    Column[] all = Arrays.copyOf(own, own.length + 1);
    all[own.length] = functions.col(KEPT + ".*");
    return documents.select(all);
  }
}
