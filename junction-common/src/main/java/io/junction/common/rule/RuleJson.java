package io.junction.common.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Rules, and the fields of configs that they ask for, to and from JSON. */
public final class RuleJson {

  /** Of a field of a config, as JSON; whatever is longer cannot be looked at. */
  public static final int MOST_CHARACTERS = 2_000;

  private static final FieldValue TOO_LONG =
      new FieldValue.Unusable("longer than " + MOST_CHARACTERS + " characters");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(MOST_CHARACTERS).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private RuleJson() {}

  public static String write(RuleList list) {
    return JSON.writeValueAsString(list);
  }

  /**
   * The list that a text is.
   *
   * @throws IllegalArgumentException when it is none
   */
  static RuleList read(String text) {
    try {
      return JSON.readValue(text, RuleList.class).normal();
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "queue rules are an object of rules and default: " + e.getOriginalMessage(), e);
    }
  }

  /** The fields of these names that a config has; a dot leads into an object. */
  public static Map<String, FieldValue> fieldsOf(String config, List<String> names) {
    var all = JSON.readTree(config);
    var fields = new HashMap<String, FieldValue>();
    for (var name : names) {
      var node = all;
      for (var step : name.split("\\.", -1)) {
        node = node.path(step);
      }
      if (!node.isMissingNode()) {
        put(fields, name, node.toString());
      }
    }
    return fields;
  }

  /** The same of their values as JSON, each at the place of its name; null where it has none. */
  public static Map<String, FieldValue> fieldsOf(List<String> names, @Nullable String[] values) {
    var fields = new HashMap<String, FieldValue>();
    for (int i = 0; i < names.size(); i++) {
      var value = values[i];
      if (value != null) {
        put(fields, names.get(i), value);
      }
    }
    return fields;
  }

  private static void put(Map<String, FieldValue> fields, String name, String json) {
    if (json.length() > MOST_CHARACTERS) {
      fields.put(name, TOO_LONG);
    } else {
      FieldValue.of(JSON.readValue(json, Object.class)).ifPresent(v -> fields.put(name, v));
    }
  }
}
