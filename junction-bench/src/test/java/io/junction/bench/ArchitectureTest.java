package io.junction.bench;

import io.junction.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void the_rules_of_the_house_hold() {
    ArchitectureRules.check("io.junction.bench");
  }
}
