package io.junction.common.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The rules that hold: those that were put over the API, else the configuration's.
 *
 * <p>Authority: one row of the database. It is read whenever somebody decides by it, so a change
 * holds for all processes at once.
 */
@Component
public class CurrentRules {

  private static final int MOST_CHARACTERS = 1_000_000;

  private final QueueRuleStatements statements;
  private final Standing configured;

  CurrentRules(QueueRuleStatements statements, QueueRuleProperties properties) {
    this.statements = statements;
    this.configured = new Standing(properties.written(), properties.rules(), null);
  }

  /**
   * Rules that hold.
   *
   * @param putAt since when; null of the configuration's
   */
  public record Standing(RuleList list, QueueRules rules, @Nullable Instant putAt) {}

  public Standing read() {
    return statements.read().map(CurrentRules::standing).orElse(configured);
  }

  /** Whether a job need not name its queue. */
  public boolean areSet() {
    return !configured.list().isEmpty() || statements.arePut();
  }

  /**
   * From now on these hold.
   *
   * @throws RuleFlaw when they cannot be; then nothing has changed
   */
  public void put(RuleList list) {
    QueueRules.of(list);
    var written = RuleJson.write(list.normal());
    if (written.length() > MOST_CHARACTERS) {
      throw new RuleFlaw("rules", "have at most " + MOST_CHARACTERS + " characters as JSON");
    }
    statements.put(written);
  }

  /** From now on the configuration's hold. */
  public void reset() {
    statements.remove();
  }

  private static Standing standing(QueueRuleStatements.Stored stored) {
    var list = RuleJson.read(stored.rules());
    return new Standing(list, QueueRules.of(list), stored.putAt());
  }
}
