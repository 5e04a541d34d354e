package io.junction.common.subscription.travis;

import io.junction.common.subscription.BuildFilter;
import io.junction.common.subscription.SubscriptionSpec;
import io.junction.common.subscription.Target;
import io.junction.common.subscription.TargetFlaws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code notifications} of a build's config; a wrong entry never breaks the others. */
public final class TravisNotifications {

  private static final int MOST = 50;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode root;
  private final List<SubscriptionSpec> subscriptions = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  private TravisNotifications(JsonNode root) {
    this.root = root;
  }

  /**
   * What came of it.
   *
   * @param refusals in plain words, each beginning with the name of what it is about
   */
  public record Reading(List<SubscriptionSpec> subscriptions, List<String> refusals) {

    public Reading {
      subscriptions = List.copyOf(subscriptions);
      refusals = List.copyOf(refusals);
    }
  }

  /** Reads them, as JSON. */
  public static Reading read(String notifications) {
    try {
      return new TravisNotifications(JSON.readTree(notifications)).read();
    } catch (JacksonException e) {
      return new Reading(List.of(), List.of("notifications: is not JSON"));
    }
  }

  private Reading read() {
    if (root.isNull() || (root.isBoolean() && !root.booleanValue())) {
      return new Reading(List.of(), List.of());
    }
    if (!root.isObject()) {
      return new Reading(List.of(), List.of("notifications: is neither an object nor false"));
    }
    for (var property : root.properties()) {
      var value = property.getValue();
      switch (property.getKey()) {
        case "webhooks", "webhook" ->
            read("webhooks", value, "urls", TravisNotifications::webhooks);
        case "email" -> read("email", value, "recipients", TravisNotifications::email);
        case "slack" -> read("slack", value, "rooms", SlackRooms::of);
        case "irc" -> read("irc", value, "channels", IrcChannels::of);
        case "on_success", "on_failure", "on_start" -> {}
        default -> refusals.add(shown(property.getKey()) + ": is not a kind that Junction knows");
      }
    }
    return new Reading(subscriptions, refusals);
  }

  /** Texts are targets of one entry; each object is an entry of its own. */
  private void read(
      String name, JsonNode value, String list, Function<Entry, List<? extends Target>> targets) {
    if (value.isArray()) {
      var texts = JSON.createArrayNode();
      for (var element : value) {
        if (element.isObject()) {
          entry(name, element, list, targets);
        } else {
          texts.add(element);
        }
      }
      if (!texts.isEmpty()) {
        entry(name, JSON.createObjectNode().set(list, texts), list, targets);
      }
    } else if (value.isString()) {
      entry(name, JSON.createObjectNode().set(list, value), list, targets);
    } else if (value.isObject()) {
      entry(name, value, list, targets);
    } else if (!value.isNull() && !(value.isBoolean() && !value.booleanValue())) {
      refusals.add(name + ": says nothing about where to");
    }
  }

  private void entry(
      String name, JsonNode value, String list, Function<Entry, List<? extends Target>> targets) {
    var entry = new Entry(root, value, list);
    try {
      if (value.has("secure")) {
        throw new Refused("is encrypted for Travis CI, and nobody else can read it");
      }
      if (!entry.flag("enabled", true) || entry.flag("disabled", false)) {
        return;
      }
      for (var target : targets.apply(entry)) {
        add(name, target, entry);
      }
    } catch (Refused refused) {
      refusals.add(name + ": " + refused.getMessage());
    }
  }

  private void add(String name, Target target, Entry entry) {
    var flaws = TargetFlaws.of(target);
    if (!flaws.isEmpty()) {
      var flaw = flaws.getFirst();
      refusals.add(name + ": " + flaw.field() + " " + flaw.message());
    } else if (subscriptions.size() == MOST) {
      throw new Refused("there are more than " + MOST + " in all");
    } else {
      subscriptions.add(
          new SubscriptionSpec(target, null, BuildFilter.NONE, entry.rule(target.kind())));
    }
  }

  /** They are not signed: the form has no place for a secret. */
  private static List<? extends Target> webhooks(Entry entry) {
    return entry.texts().stream().map(url -> new Target.Webhook(url, List.of())).toList();
  }

  private static List<? extends Target> email(Entry entry) {
    return List.of(new Target.Email(entry.texts()));
  }

  private static String shown(String name) {
    return name.matches("[a-z_]{1,40}") ? name : "one of the names";
  }

  /** Ends the reading of one entry. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
