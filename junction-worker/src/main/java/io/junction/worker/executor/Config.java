package io.junction.worker.executor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job's config, read field by field. A field that is {@code null} counts as absent; fields nobody
 * asks for are let be.
 */
public record Config(ObjectNode fields) {

  /** The config of a run; one that is absent is an empty object. */
  public static Config of(@Nullable JsonNode config) throws BadConfig {
    if (config == null) {
      return new Config(JsonNodeFactory.instance.objectNode());
    }
    if (config instanceof ObjectNode fields) {
      return new Config(fields);
    }
    throw new BadConfig("config", "must be an object, not " + kind(config));
  }

  /** The field as it is. */
  public @Nullable JsonNode get(String field) {
    JsonNode value = fields.get(field);
    return value == null || value.isNull() ? null : value;
  }

  public String text(String field, String otherwise) throws BadConfig {
    JsonNode value = get(field);
    return value == null ? otherwise : text(field, value);
  }

  public String text(String field) throws BadConfig {
    JsonNode value = get(field);
    if (value == null) {
      throw new BadConfig(field, "is missing");
    }
    return text(field, value);
  }

  public static String text(String field, JsonNode value) throws BadConfig {
    if (!value.isString()) {
      throw new BadConfig(field, "must be text, not " + kind(value));
    }
    if (value.stringValue().indexOf('\0') >= 0) {
      throw new BadConfig(field, "holds a NUL character");
    }
    return value.stringValue();
  }

  public static List<String> texts(String field, JsonNode array) throws BadConfig {
    var texts = new ArrayList<String>();
    for (int i = 0; i < array.size(); i++) {
      texts.add(text(field + "[" + i + "]", array.get(i)));
    }
    return texts;
  }

  /** An object of text; empty when it is absent. */
  public Map<String, String> map(String field) throws BadConfig {
    JsonNode value = get(field);
    if (value == null) {
      return Map.of();
    }
    if (!value.isObject()) {
      throw new BadConfig(field, "must be an object of text, not " + kind(value));
    }
    var map = new LinkedHashMap<String, String>();
    for (var entry : value.properties()) {
      map.put(entry.getKey(), text(field + "." + entry.getKey(), entry.getValue()));
    }
    return map;
  }

  public long number(String field, long otherwise, long least, long most) throws BadConfig {
    JsonNode value = get(field);
    return value == null ? otherwise : number(field, value, least, most);
  }

  public static long number(String field, JsonNode value, long least, long most) throws BadConfig {
    if (!value.isIntegralNumber()) {
      throw new BadConfig(field, "must be a whole number, not " + kind(value));
    }
    if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
      throw new BadConfig(field, "must be from " + least + " to " + most);
    }
    return value.longValue();
  }

  /** What a value is, in words. */
  public static String kind(JsonNode value) {
    if (value.isNumber()) {
      return "a number";
    }
    String kind = value.getNodeType().name().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "array", "object" -> "an " + kind;
      case "string" -> "text";
      case "null" -> "null";
      default -> "a " + kind;
    };
  }
}
