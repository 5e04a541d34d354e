package io.junction.common.rule;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code junction.queue-rules.*}: what holds until rules are put over the API. The API and the
 * dispatcher are given the same.
 *
 * @param list The body of {@code PUT /v1/queue-rules}, as JSON. Default none: each job has to name
 *     its queue.
 */
@ConfigurationProperties("junction.queue-rules")
public record QueueRuleProperties(@Nullable String list) {

  public QueueRuleProperties {
    rulesOf(list);
  }

  RuleList written() {
    return list == null || list.isBlank() ? RuleList.EMPTY : RuleJson.read(list);
  }

  QueueRules rules() {
    return rulesOf(list);
  }

  private static QueueRules rulesOf(@Nullable String list) {
    return list == null || list.isBlank() ? QueueRules.none() : QueueRules.of(RuleJson.read(list));
  }
}
