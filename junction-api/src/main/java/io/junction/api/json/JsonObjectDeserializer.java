package io.junction.api.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads an object of any content, within what {@code jsonb} can hold. */
class JsonObjectDeserializer extends StdDeserializer<JsonObject> {

  private static final int MAX_DEPTH = 100;

  JsonObjectDeserializer() {
    super(JsonObject.class);
  }

  @Override
  public JsonObject deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return context.reportInputMismatch(JsonObject.class, "is not an object");
    }
    JsonNode object = context.readTree(parser);
    var flaw = flawOf(object, 1);
    if (flaw != null) {
      return context.reportInputMismatch(JsonObject.class, flaw);
    }
    return new JsonObject(object.toString());
  }

  /** Bounded: the parser has refused what nests too deep. */
  private static @Nullable String flawOf(JsonNode node, int depth) {
    if (depth > MAX_DEPTH && node.isContainer()) {
      return "nests deeper than " + MAX_DEPTH;
    }
    if (node.isString()) {
      return UnreadableText.flawOf(node.stringValue());
    }
    if (node.isBigDecimal() && !isFinite(node.decimalValue())) {
      return "contains a number beyond the range of a double";
    }
    for (var property : node.properties()) {
      var flaw = UnreadableText.flawOf(property.getKey());
      if (flaw != null) {
        return flaw;
      }
    }
    for (var child : node) {
      var flaw = flawOf(child, depth + 1);
      if (flaw != null) {
        return flaw;
      }
    }
    return null;
  }

  private static boolean isFinite(BigDecimal number) {
    return Double.isFinite(number.doubleValue()) && Math.abs((long) number.scale()) < 400;
  }
}
