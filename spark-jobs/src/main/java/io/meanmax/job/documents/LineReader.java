package io.meanmax.job.documents;

import io.meanmax.config.InputConfig;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.schema.Schemas;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Documents from files of lines. A line's source is {@code file:byte offset}, with the file's place
 * below the input's folder; it does not depend on how the files are split, and is the document's id
 * where it has none of its own. Lines of nothing but white space are skipped.
 */
final class LineReader {
  private static final long SMALLEST_SPLIT_BYTES = 1 << 20;
  private static final long LARGEST_SPLIT_BYTES = 128 << 20;

  private LineReader() {}

  static Dataset<Row> read(SparkSession spark, InputConfig input, Labelling labelling) {
    JavaSparkContext sc = JavaSparkContext.fromSparkContext(spark.sparkContext());
    LineFiles files = LineFiles.list(sc.hadoopConfiguration(), input.path());
    String header = input.format() == InputConfig.Format.CSV ? header(files, input, labelling) : "";
    Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<Row>> parse =
        new ParseSplit(input, labelling, header, files.root().toString());
    JavaNewHadoopRDD<LongWritable, Text> lines =
        (JavaNewHadoopRDD<LongWritable, Text>)
            sc.newAPIHadoopRDD(
                splitting(sc, files), LinesFormat.class, LongWritable.class, Text.class);
    JavaRDD<Row> rows = lines.mapPartitionsWithInputSplit(parse, false);
    return spark.createDataFrame(rows, Schemas.READ);
  }

  private static Configuration splitting(JavaSparkContext sc, LineFiles files) {
    try {
      Job job = Job.getInstance(sc.hadoopConfiguration());
      FileInputFormat.setInputPaths(job, files.paths());
      long split = files.bytes() / (2L * sc.defaultParallelism());
      FileInputFormat.setMaxInputSplitSize(
          job, Math.min(LARGEST_SPLIT_BYTES, Math.max(SMALLEST_SPLIT_BYTES, split)));
      return job.getConfiguration();
    } catch (IOException e) {
      throw new JobException("Cannot read the input: " + e.getMessage(), e);
    }
  }

  private static String header(LineFiles files, InputConfig input, Labelling labelling) {
    String header = files.firstLine();
    CsvParser parser = new CsvParser(input, header);
    requireColumn(parser, input.textColumn(), "input.text-column", input);
    if (labelling == Labelling.REQUIRED) {
      requireColumn(parser, input.labelColumn(), "input.label-column", input);
    }
    if (input.weightColumn() != null) {
      requireColumn(parser, input.weightColumn(), "input.weight-column", input);
    }
    if (input.idColumn() != null) {
      requireColumn(parser, input.idColumn(), "input.id-column", input);
    }
    parser
        .ambiguousColumn()
        .ifPresent(
            column -> {
              throw new JobException(
                  "%s has more than one column '%s'; its header has %s"
                      .formatted(input.path(), column, parser.columns()));
            });
    return header;
  }

  private static void requireColumn(
      CsvParser parser, String column, String key, InputConfig input) {
    if (!parser.columns().contains(column)) {
      throw new JobException(
          "%s has no column '%s' (%s); its header has %s"
              .formatted(input.path(), column, key, parser.columns()));
    }
  }

  /** Parses the lines of one split of one file. */
  private static final class ParseSplit
      implements Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<Row>>,
          Serializable {
    private static final long serialVersionUID = 1L;
    private final InputConfig input;
    private final Parsed.Rules rules;
    private final String header;
    private final String root;

    ParseSplit(InputConfig input, Labelling labelling, String header, String root) {
      this.input = input;
      this.rules = new Parsed.Rules(input, labelling);
      this.header = header;
      this.root = root;
    }

    @Override
    public Iterator<Row> call(InputSplit split, Iterator<Tuple2<LongWritable, Text>> lines) {
      Path path = ((FileSplit) split).getPath();
      String file = name(path);
      LineParser parser = parser();
      CharsetDecoder utf8 =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      Iterator<Tuple2<LongWritable, Text>> named = new NamingIterator<>(lines, path);
      return StreamSupport.stream(Spliterators.spliteratorUnknownSize(named, 0), false)
          .map(line -> parse(file, line._1().get(), line._2(), parser, utf8))
          .filter(row -> row != null)
          .iterator();
    }

    private String name(Path path) {
      String whole = path.toString();
      return whole.startsWith(root + "/") ? whole.substring(root.length() + 1) : path.getName();
    }

    private LineParser parser() {
      return switch (input.format()) {
        case JSON -> new JsonParser(input);
        case CSV -> new CsvParser(input, header);
        default -> new FastTextParser(input.labelPrefix());
      };
    }

    private Row parse(
        String file, long offset, Text bytes, LineParser parser, CharsetDecoder utf8) {
      String source = file + ":" + offset;
      if (bytes.getLength() > (long) input.maxRowBytes() + input.labelPrefix().length() + 4096) {
        return Parsed.rejected("row over input.max-row-bytes = " + input.maxRowBytes())
            .toRow(source, null);
      }
      String line;
      try {
        line = utf8.decode(ByteBuffer.wrap(bytes.getBytes(), 0, bytes.getLength())).toString();
      } catch (CharacterCodingException e) {
        return Parsed.rejected("invalid UTF-8").toRow(source, bytes.toString());
      }
      if (Parsed.isBlank(line)) {
        return null;
      }
      String content = line.charAt(0) == '\uFEFF' ? line.substring(1) : line;
      if (offset == 0 && !header.isEmpty()) {
        requireHeader(file, content);
        return null;
      }
      return rules.check(parser.parse(content)).toRow(source, line);
    }

    private void requireHeader(String file, String line) {
      if (!line.equals(header)) {
        throw new JobException(
            "%s begins with '%s' and not with the header '%s' that %s begins with; read it by itself"
                .formatted(file, line, header, input.path()));
      }
    }
  }
}
