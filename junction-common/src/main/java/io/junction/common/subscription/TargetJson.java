package io.junction.common.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A target as JSON: what everybody may read of it apart from what is secret. */
public final class TargetJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private TargetJson() {}

  /** Its fields without the secret ones. */
  public static String open(Target target) {
    ObjectNode all = JSON.valueToTree(target);
    return all.remove(secrets(target.kind())).toString();
  }

  /** Its secret fields; null when none of them is set. */
  public static @Nullable String secret(Target target) {
    ObjectNode all = JSON.valueToTree(target);
    all.retain(secrets(target.kind()));
    all.removeIf(value -> value.isNull() || (value.isArray() && value.isEmpty()));
    return all.isEmpty() ? null : all.toString();
  }

  /**
   * A target of both parts.
   *
   * @throws IllegalArgumentException when they make none
   */
  public static Target read(TargetKind kind, String open, @Nullable String secret) {
    try {
      var all = tree(open, secret);
      if (kind == TargetKind.WEBHOOK && !all.has("secrets")) {
        all.putArray("secrets");
      }
      return JSON.treeToValue(all, type(kind));
    } catch (JacksonException e) {
      // Neither its message nor its cause: they could quote a secret.
      throw new IllegalArgumentException("what is stored makes no " + kind.text() + " target");
    }
  }

  /** Both parts in one. */
  public static ObjectNode tree(String open, @Nullable String secret) {
    var all = (ObjectNode) JSON.readTree(open);
    if (secret != null) {
      all.setAll((ObjectNode) JSON.readTree(secret));
    }
    return all;
  }

  /** Which of a kind's fields are secret. */
  public static List<String> secrets(TargetKind kind) {
    return switch (kind) {
      case WEBHOOK -> List.of("secrets");
      case GITHUB -> List.of("token");
      case EMAIL -> List.of();
      case SLACK -> List.of("url");
      case IRC -> List.of("password", "channel_key");
    };
  }

  private static Class<? extends Target> type(TargetKind kind) {
    return switch (kind) {
      case WEBHOOK -> Target.Webhook.class;
      case GITHUB -> Target.GitHub.class;
      case EMAIL -> Target.Email.class;
      case SLACK -> Target.Slack.class;
      case IRC -> Target.Irc.class;
    };
  }
}
