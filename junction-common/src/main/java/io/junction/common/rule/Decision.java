package io.junction.common.rule;

import io.junction.common.queue.QueueName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a job goes, and why.
 *
 * @param queue null when that cannot be decided
 * @param rule the place of the rule that decided, from 0; null when the default did, or nothing
 * @param name of that rule
 * @param why a sentence for each rule that was asked, in their order, and one for the default
 */
public record Decision(
    @Nullable QueueName queue, @Nullable Integer rule, @Nullable String name, List<String> why) {

  public Decision {
    why = List.copyOf(why);
  }

  /** The sentence that decided. */
  public String reason() {
    return why.getLast();
  }
}
