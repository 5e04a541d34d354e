package io.junction.api.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads text and nothing but text, and only what Postgres can keep. */
class TextDeserializer extends StdDeserializer<String> {

  TextDeserializer() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return (String) context.handleUnexpectedToken(context.constructType(String.class), parser);
    }
    var text = parser.getString();
    var flaw = UnreadableText.flawOf(text);
    if (flaw != null) {
      return context.reportInputMismatch(String.class, flaw);
    }
    return text;
  }
}
