package io.junction.common.rule;

import io.junction.common.queue.QueueName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides the queue of a job: the first rule that matches, the default otherwise.
 *
 * <p>Invariant: unless it is empty, there is a queue for every job whose config can be read, and
 * every rule can be reached.
 */
public final class QueueRules {

  private static final int MOST_RULES = 1_000;
  private static final int MOST_MATCHERS = 100;

  /** Each is read of each job's config. */
  private static final int MOST_FIELDS = 100;

  private final List<QueueRule> rules;
  private final @Nullable QueueName otherwise;

  private QueueRules(List<QueueRule> rules, @Nullable QueueName otherwise) {
    this.rules = List.copyOf(rules);
    this.otherwise = otherwise;
  }

  /**
   * The rules of a list.
   *
   * @throws RuleFlaw when some job would have no queue, or a rule cannot be, or is never reached
   */
  public static QueueRules of(RuleList list) {
    var written = Objects.requireNonNullElse(list.rules(), List.<RuleList.@Nullable Rule>of());
    if (written.size() > MOST_RULES) {
      throw new RuleFlaw("rules", "are at most " + MOST_RULES);
    }
    var rules = new ArrayList<QueueRule>();
    var places = new HashMap<Set<Matcher>, Integer>();
    for (int i = 0; i < written.size(); i++) {
      var rule = read("rules[" + i + "]", written.get(i));
      if (rule.when().isEmpty() && i < written.size() - 1) {
        throw new RuleFlaw(
            "rules[" + i + "].when", "is empty: no rule behind it would ever be reached");
      }
      var same = places.putIfAbsent(Set.copyOf(rule.when()), i);
      if (same != null) {
        throw new RuleFlaw(
            "rules[" + i + "].when", "is that of rules[" + same + "]: never reached");
      }
      rules.add(rule);
    }
    var otherwise = list.otherwise() == null ? null : queueOf("default", list.otherwise());
    if (otherwise == null && (rules.isEmpty() || !rules.getLast().when().isEmpty())) {
      throw new RuleFlaw(
          "default", "is required where the last rule does not take every job (an empty when)");
    }
    var made = new QueueRules(rules, otherwise);
    if (made.fields().size() > MOST_FIELDS) {
      throw new RuleFlaw("rules", "ask for at most " + MOST_FIELDS + " fields of the config");
    }
    return made;
  }

  /** What is there while nothing is set: it has a queue for nobody. */
  static QueueRules none() {
    return new QueueRules(List.of(), null);
  }

  /** The fields of the config that some rule asks for, as in {@code vm.size}. */
  public List<String> fields() {
    var fields = new TreeSet<String>();
    for (var rule : rules) {
      for (var matcher : rule.when()) {
        if (matcher instanceof Matcher.Field field) {
          fields.add(field.name());
        }
      }
    }
    return List.copyOf(fields);
  }

  public Decision decide(JobFacts job) {
    var why = new ArrayList<String>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var answer = rule.ask(job);
      var subject = "rules[" + i + "]" + (rule.name() == null ? "" : " (" + rule.name() + ")");
      switch (answer.verdict()) {
        case HOLDS -> {
          why.add(subject + " takes it: " + answer.because());
          return new Decision(rule.queue(), i, rule.name(), why);
        }
        case FAILS -> why.add(subject + " does not match: " + answer.because());
        case BROKEN -> {
          why.add(subject + " cannot be asked: " + answer.because());
          return new Decision(null, i, rule.name(), why);
        }
      }
    }
    why.add(
        otherwise == null
            ? "there are no queue rules, neither over the API nor in the configuration"
            : rules.isEmpty() ? "there is only the default" : "no rule matches: the default");
    return new Decision(otherwise, null, null, why);
  }

  private static QueueRule read(String place, RuleList.@Nullable Rule rule) {
    if (rule == null) {
      throw new RuleFlaw(place, "must not be null");
    }
    if (rule.name() != null && !MatcherReader.TEXT.matcher(rule.name()).matches()) {
      throw new RuleFlaw(place + ".name", "has 1 to 255 characters, none a control character");
    }
    var queue = queueOf(place + ".queue", rule.queue());
    var when = Objects.requireNonNullElse(rule.when(), Map.<String, @Nullable Object>of());
    if (when.size() > MOST_MATCHERS) {
      throw new RuleFlaw(place + ".when", "has at most " + MOST_MATCHERS + " matchers");
    }
    var matchers = new ArrayList<Matcher>();
    when.forEach((key, value) -> matchers.add(MatcherReader.read(place + ".when", key, value)));
    return new QueueRule(rule.name(), queue, matchers);
  }

  private static QueueName queueOf(String place, @Nullable String name) {
    if (name == null) {
      throw new RuleFlaw(place, "is required");
    }
    if (!name.matches(QueueName.PATTERN)) {
      throw new RuleFlaw(place, "must match " + QueueName.PATTERN);
    }
    return new QueueName(name);
  }
}
