package io.junction.api.rule;

import io.junction.api.problem.Refusal;
import io.junction.common.rule.CurrentRules;
import io.junction.common.rule.QueueRules;
import io.junction.common.rule.RuleFlaw;
import io.junction.common.rule.RuleList;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/queue-rules}. */
@RestController
@Tag(name = "queues")
class QueueRuleController {

  private final CurrentRules current;

  QueueRuleController(CurrentRules current) {
    this.current = current;
  }

  @Operation(summary = "Read the rules that decide the queue of a job that names none")
  @GetMapping("/v1/queue-rules")
  QueueRulesResponse read() {
    return QueueRulesResponse.of(current.read());
  }

  @Operation(summary = "Replace the rules; jobs that have a queue keep it")
  @PutMapping("/v1/queue-rules")
  QueueRulesResponse put(@RequestBody RuleList list) {
    try {
      current.put(list);
    } catch (RuleFlaw flaw) {
      throw Refusal.invalid(flaw.place(), flaw.problem());
    }
    return read();
  }

  @Operation(summary = "Go back to the rules of the configuration")
  @DeleteMapping("/v1/queue-rules")
  QueueRulesResponse reset() {
    current.reset();
    return read();
  }

  @Operation(summary = "Try rules on a job: which one takes it, and why; changes nothing")
  @PostMapping("/v1/queue-rules/test")
  TrialResponse test(@Valid @RequestBody TrialRequest request) {
    var rules = rulesOf(request);
    return TrialResponse.of(rules.decide(request.factsFor(rules)));
  }

  private QueueRules rulesOf(TrialRequest request) {
    var list = request.list();
    if (list == null) {
      return current.read().rules();
    }
    try {
      return QueueRules.of(list);
    } catch (RuleFlaw flaw) {
      throw Refusal.invalid(flaw.place(), flaw.problem());
    }
  }
}
