package io.meanmax.job.tokenize;

import io.meanmax.job.runtime.Calls;
import io.meanmax.job.runtime.Utf8;
import io.meanmax.text.TextPipeline;
import io.meanmax.text.TokenSink;
import io.meanmax.text.Tokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of texts → that of their tokens. Not thread-safe; every task has one of its own. */
public final class TextTokens implements Serializable, TokenSink {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_BYTES = 1 << 16;

  private final TextPipeline pipeline;
  private transient Tokenizer tokenizer;
  private transient List<UTF8String> tokens;
  private transient byte[] block;
  private transient int used;

  TextTokens(TextPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** The tokens of a column of texts. */
  Column of(Column text) {
    return Calls.of(this, "tokenize", DataTypes.createArrayType(DataTypes.StringType, false), text);
  }

  /** The tokens of one text; called by the code that Spark generates. */
  public ArrayData tokenize(UTF8String text) {
    if (tokenizer == null) {
      tokenizer = pipeline.open();
      tokens = new ArrayList<>();
      block = new byte[BLOCK_BYTES];
    }
    tokens.clear();
    Utf8.give(text, (utf8, from, length) -> tokenizer.tokenize(utf8, from, length, this));
    return new GenericArrayData(tokens.toArray());
  }

  /** Copies the token into the block; tokens that were given away keep the block they stand in. */
  @Override
  public void token(byte[] utf8, int from, int length) {
    if (length > block.length - used) {
      block = new byte[Math.max(BLOCK_BYTES, length)];
      used = 0;
    }
    System.arraycopy(utf8, from, block, used, length);
    tokens.add(UTF8String.fromBytes(block, used, length));
    used += length;
  }
}
