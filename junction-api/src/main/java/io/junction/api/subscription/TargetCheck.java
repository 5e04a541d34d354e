package io.junction.api.subscription;

import io.junction.api.problem.Refusal;
import io.junction.common.subscription.NotificationProperties;
import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetAddress;
import io.junction.common.subscription.TargetFlaws;
import io.junction.common.subscription.TargetJson;
import io.junction.common.subscription.TargetKind;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a target of a request, or refuses the field that is wrong.
 *
 * <p>Where a host leads is asked here so that who subscribes learns of it; a name can lead
 * elsewhere later, so the senders ask again each time.
 */
@Component
class TargetCheck {

  private final JsonMapper json;
  private final NotificationProperties properties;

  TargetCheck(JsonMapper json, NotificationProperties properties) {
    this.json = json;
    this.properties = properties;
  }

  /** A new target. */
  Target target(TargetKind kind, TargetRequest request) {
    return target(kind, request, json.createObjectNode());
  }

  /**
   * A target with changes: what the request leaves out is as before, but no secret goes where it
   * did not go before.
   */
  Target target(TargetKind kind, TargetRequest request, ObjectNode before) {
    var changes = named(request);
    for (var field : changes.propertyNames()) {
      if (!TargetRequest.fields(kind).contains(field)) {
        throw Refusal.invalid("target." + field, "is not a field of kind " + kind.text());
      }
    }
    var all = before.deepCopy().setAll(changes);
    TargetRequest.required(kind).stream()
        .sorted()
        .filter(field -> !all.hasNonNull(field))
        .findFirst()
        .ifPresent(
            field -> {
              throw Refusal.invalid("target." + field, "is required");
            });
    try {
      var target = json.treeToValue(all, TargetRequest.class).target(kind);
      keepSecretsWhereTheyAre(target, before, changes);
      return checked(target);
    } catch (JacksonException e) {
      throw Refusal.invalid("target", "cannot be changed: set all of its fields anew");
    }
  }

  /** Whether it names all that is secret of such a target, so that what is stored is not needed. */
  boolean hasSecrets(TargetKind kind, TargetRequest request) {
    var changes = named(request);
    return TargetJson.secrets(kind).stream().allMatch(changes::has);
  }

  private ObjectNode named(TargetRequest request) {
    var fields = (ObjectNode) json.valueToTree(request);
    fields.removeIf(JsonNode::isNull);
    return fields;
  }

  /** Refuses to take a secret along to another place that only the request names. */
  private static void keepSecretsWhereTheyAre(Target to, ObjectNode before, ObjectNode changes) {
    var kept =
        TargetJson.secrets(to.kind()).stream()
            .filter(secret -> before.hasNonNull(secret) && !changes.has(secret))
            .findFirst();
    var after = TargetJson.tree(TargetJson.open(to), null);
    var moved =
        TargetRequest.places(to.kind()).stream()
            .sorted()
            .filter(place -> !after.path(place).equals(before.path(place)))
            .findFirst();
    if (kept.isPresent() && moved.isPresent()) {
      throw Refusal.invalid(
          "target." + kept.get(), "must be set anew when target." + moved.get() + " changes");
    }
  }

  private Target checked(Target target) {
    var flaws = TargetFlaws.of(target);
    if (!flaws.isEmpty()) {
      var flaw = flaws.getFirst();
      throw Refusal.invalid("target." + flaw.field(), flaw.message());
    }
    switch (target) {
      case Target.Webhook webhook -> reach("url", URI.create(webhook.url()).getHost());
      case Target.GitHub github -> reach("api_url", URI.create(github.apiUrl()).getHost());
      case Target.Slack slack -> reach("url", URI.create(slack.url()).getHost());
      case Target.Irc irc -> reach("server", irc.server());
      case Target.Email email -> {}
    }
    return target;
  }

  private void reach(String field, String host) {
    if (properties.allowPrivateTargets()) {
      return;
    }
    try {
      if (!Stream.of(InetAddress.getAllByName(host)).allMatch(TargetAddress::isPublic)) {
        throw Refusal.invalid("target." + field, "leads to an address that is not public");
      }
    } catch (UnknownHostException e) {
      throw Refusal.invalid("target." + field, "names a host that is not known");
    }
  }
}
