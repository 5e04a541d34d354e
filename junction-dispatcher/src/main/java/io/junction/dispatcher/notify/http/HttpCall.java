package io.junction.dispatcher.notify.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a target.
 *
 * @param url secret, as a rule; is never told
 * @param json the body; null: there is none
 */
public record HttpCall(
    String method, String url, Map<String, String> headers, @Nullable String json) {

  public HttpCall {
    headers = Map.copyOf(headers);
  }

  @Override
  public String toString() {
    return "HttpCall[" + method + "]";
  }
}
