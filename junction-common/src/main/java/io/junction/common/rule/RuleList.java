package io.junction.common.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules as they are written in JSON; {@link QueueRules#of} says whether they make sense.
 *
 * @param rules in the order in which they are asked; the first that matches decides
 * @param otherwise {@code default}: the queue of what no rule matches
 */
public record RuleList(
    @Nullable List<@Nullable Rule> rules, @JsonProperty("default") @Nullable String otherwise) {

  static final RuleList EMPTY = new RuleList(List.of(), null);

  /**
   * One rule.
   *
   * @param name by which people know it
   * @param queue that it sends jobs to
   * @param when what has to hold, all of it; nothing: every job
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rule(
      @Nullable String name,
      @Nullable String queue,
      @Nullable Map<String, @Nullable Object> when) {}

  /** The same without nulls in place of lists. */
  public RuleList normal() {
    return rules == null ? new RuleList(List.of(), otherwise) : this;
  }

  boolean isEmpty() {
    return (rules == null || rules.isEmpty()) && otherwise == null;
  }
}
