package io.junction.worker;

import io.junction.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_worker_keeps_the_rules_of_the_house() {
    ArchitectureRules.check("io.junction.worker");
  }
}
