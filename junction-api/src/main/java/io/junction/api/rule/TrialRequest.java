package io.junction.api.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.junction.api.json.JsonObject;
import io.junction.common.rule.JobFacts;
import io.junction.common.rule.QueueRules;
import io.junction.common.rule.RuleJson;
import io.junction.common.rule.RuleList;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as rules see it, and the rules to be tried on it.
 *
 * @param job its id, by which a percentage takes it or leaves it; without one it is left
 * @param rules with {@code default} a list that need not hold yet; neither: that which holds
 */
record TrialRequest(
    @Nullable Long job,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String owner,
    @Nullable @Size(min = 1, max = 255, message = "has 1 to 255 characters") String repository,
    @JsonProperty("public") @Nullable Boolean isPublic,
    @Nullable JsonObject config,
    @Nullable List<RuleList.@Nullable Rule> rules,
    @JsonProperty("default") @Nullable String otherwise) {

  /** Null when the list that holds is meant. */
  @Nullable RuleList list() {
    return rules == null && otherwise == null ? null : new RuleList(rules, otherwise);
  }

  JobFacts factsFor(QueueRules asking) {
    return new JobFacts(
        job,
        owner,
        repository,
        Boolean.TRUE.equals(isPublic),
        RuleJson.fieldsOf(
            Objects.requireNonNullElse(config, JsonObject.EMPTY).text(), asking.fields()));
  }
}
