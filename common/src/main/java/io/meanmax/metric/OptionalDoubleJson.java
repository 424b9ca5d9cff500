package io.meanmax.metric;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * An optional figure in JSON: a number, or null for an empty one. Jackson itself knows {@link
 * OptionalDouble} only with a module that Spark does not ship, and would write NaN as a string.
 */
final class OptionalDoubleJson {

  private OptionalDoubleJson() {}

  static final class Writer extends StdSerializer<OptionalDouble> {
    Writer() {
      super(OptionalDouble.class);
    }

    @Override
    public void serialize(OptionalDouble figure, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (figure.isPresent()) {
        json.writeNumber(figure.getAsDouble());
      } else {
        json.writeNull();
      }
    }
  }

  static final class Reader extends StdDeserializer<OptionalDouble> {
    Reader() {
      super(OptionalDouble.class);
    }

    @Override
    public OptionalDouble deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return OptionalDouble.of(_parseDoublePrimitive(json, context));
    }

    @Override
    public OptionalDouble getNullValue(DeserializationContext context) {
      return OptionalDouble.empty();
    }
  }
}
