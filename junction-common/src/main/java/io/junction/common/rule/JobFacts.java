package io.junction.common.rule;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rules see of a job.
 *
 * @param id by which a percentage takes it or leaves it; null when it is not known yet
 * @param fields of its config, those that it has of {@link QueueRules#fields}
 */
public record JobFacts(
    @Nullable Long id,
    @Nullable String owner,
    @Nullable String repository,
    boolean isPublic,
    Map<String, FieldValue> fields) {

  public JobFacts {
    fields = Map.copyOf(fields);
  }
}
