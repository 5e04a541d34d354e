package io.junction.common.subscription.travis;

import io.junction.common.subscription.Occasion;
import io.junction.common.subscription.SendRule;
import io.junction.common.subscription.TargetKind;
import io.junction.common.subscription.travis.TravisNotifications.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One entry of a kind.
 *
 * @param root all of the notifications, where the rules may stand for every entry
 * @param list the field that holds the targets
 */
record Entry(JsonNode root, JsonNode value, String list) {

  private static final int MOST_TEXTS = 200;

  /** The targets, which may be one text, several with commas between them, or a list. */
  List<String> texts() {
    var texts = texts(list);
    if (texts.isEmpty()) {
      throw new Refused(list + " is missing");
    }
    return texts;
  }

  List<String> texts(String field) {
    var node = value.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    if (node.isArray()) {
      for (var element : node) {
        texts.add(text(field, element));
      }
    } else {
      Arrays.stream(text(field, node).split(",", -1))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .forEach(texts::add);
    }
    if (texts.size() > MOST_TEXTS) {
      throw new Refused(field + " has more than " + MOST_TEXTS);
    }
    return texts;
  }

  /** Lines, each as it stands: a comma is part of one. */
  List<String> lines(String field) {
    var node = value.path(field);
    return node.isString() ? List.of(node.stringValue()) : texts(field);
  }

  @Nullable String text(String field) {
    var node = value.path(field);
    return node.isMissingNode() || node.isNull() ? null : text(field, node);
  }

  boolean flag(String field, boolean otherwise) {
    var node = value.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw new Refused(field + " is neither true nor false");
    }
    return node.booleanValue();
  }

  SendRule rule(TargetKind kind) {
    var usual = SendRule.usual(kind, List.of());
    return new SendRule(
        occasion("on_success", usual.onSuccess()),
        occasion("on_failure", usual.onFailure()),
        occasion("on_start", usual.onStart()),
        flag("on_pull_requests", usual.onPullRequests()));
  }

  private Occasion occasion(String field, Occasion otherwise) {
    var node = value.has(field) ? value.path(field) : root.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    try {
      return Occasion.of(node.isString() ? node.stringValue() : "");
    } catch (IllegalArgumentException e) {
      throw new Refused(field + " is not one of always, never, change");
    }
  }

  private static String text(String field, JsonNode node) {
    if (node.isObject() && node.has("secure")) {
      throw new Refused(field + " is encrypted for Travis CI, and nobody else can read it");
    }
    if (!node.isString()) {
      throw new Refused(field + " is not a text");
    }
    return node.stringValue().strip();
  }
}
