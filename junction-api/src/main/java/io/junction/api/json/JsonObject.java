package io.junction.api.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A JSON object that Junction passes on without looking into it, as text.
 *
 * <p>Invariant: it is an object and Postgres can keep it as {@code jsonb}.
 */
public record JsonObject(@JsonValue @JsonRawValue String text) {

  public static final JsonObject EMPTY = new JsonObject("{}");
}
