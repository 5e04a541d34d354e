package io.junction.api.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.junction.common.rule.CurrentRules;
import io.junction.common.rule.RuleList;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold.
 *
 * @param from {@code api} when they were put there, else {@code configuration}
 * @param putAt only of those that were put
 */
record QueueRulesResponse(
    String from,
    List<RuleList.@Nullable Rule> rules,
    @JsonProperty("default") @Nullable String otherwise,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant putAt) {

  static QueueRulesResponse of(CurrentRules.Standing standing) {
    return new QueueRulesResponse(
        standing.putAt() == null ? "configuration" : "api",
        Objects.requireNonNullElse(standing.list().rules(), List.of()),
        standing.list().otherwise(),
        standing.putAt());
  }
}
