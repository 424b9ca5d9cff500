package io.meanmax.job.runtime;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import scala.collection.JavaConverters;

/**
 * Columns that a method computes from the values as Spark keeps them: {@code UTF8String}, {@code
 * ArrayData}. A function over Java objects, as {@code Dataset.map} takes, would have every token
 * made a {@code String} first and every row a {@code Row}, which takes longer than the work itself.
 */
public final class Calls {
  private Calls() {}

  /**
   * The column that {@code target.method(arguments)} gives.
   *
   * @param target of a public class; every task gets a copy of its own
   * @param method a public method; it may be given null, and never gives it
   * @param type of what it gives
   */
  public static Column of(Serializable target, String method, DataType type, Column... arguments) {
    List<Expression> expressions = Arrays.stream(arguments).map(Column::expr).toList();
    return new Column(
        new Invoke(
            Literal.fromObject(target, new ObjectType(target.getClass())),
            method,
            type,
            JavaConverters.asScalaBuffer(expressions),
            JavaConverters.asScalaBuffer(List.<AbstractDataType>of()),
            false,
            false,
            true));
  }
}
